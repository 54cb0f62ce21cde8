"""Sentences in four languages: what the gate finds in them, and those in which it finds nothing."""

import pytest

from takeaways.firm import found

SHOWN = [
    # people, whole, in part, bent, with a title
    ("Anna Kowalska runs the yard.", "name", "Anna Kowalska"),
    ("We met Kowalska at the gate.", "name", "Kowalska"),
    ("Rozmawialiśmy z Anną o dostawach.", "name", "Anną"),
    ("Telefon do Anny Kowalskiej był krótki.", "name", "Anny Kowalskiej"),
    ("Marka Wiśniewskiego nie było.", "name", "Marka Wiśniewskiego"),
    ("Powiedział to Markowi przy bramie.", "name", "Markowi"),
    ("Pokazał nam Pawła na dźwigu.", "name", "Pawła"),
    ("Bez Zielińskiego nic nie rusza.", "name", "Zielińskiego"),
    ("Giulia ci ha mostrato il molo.", "name", "Giulia"),
    ("La signora Ferrante aspettava da un'ora.", "name", "Ferrante"),
    ("Anh An chỉ cho chúng tôi cầu tàu.", "name", "An"),
    ("Ông Nguyễn Văn An đã đợi hai giờ.", "name", "Nguyễn Văn An"),
    ("Chị Hương đếm từng tấm ván.", "name", "Hương"),
    ("Then Will showed us the slip.", "name", "Will"),
    ("It was Mr Carter who opened.", "name", "Carter"),
    ("The day began with Rosa at the crane.", "name", "Rosa"),
    ("O’Brien opened the book.", "name", "O’Brien"),
    ("ASK KOWALSKA FIRST.", "name", "KOWALSKA"),
    # firms under NDA
    ("They share the pier with Kestrel Plumbing Supply.", "nda", "Kestrel Plumbing Supply"),
    ("Il molo è accanto a Kestrel.", "nda", "Kestrel"),
    ("KPS does the same.", "nda", "KPS"),
    ("Obok stoi kestrel plumbing.", "nda", "kestrel plumbing"),
    # money, and percentages near it
    ("The rail cost €12,500 in all.", "money", "€12,500"),
    ("Kosztowało 300 tys. zł.", "money", "300 tys. zł"),
    ("È costato 4.000 euro a barca.", "money", "4.000 euro"),
    ("Tốn 500 triệu đồng mỗi năm.", "money", "500 triệu đồng"),
    ("It costs them forty thousand euros a year.", "money", "thousand euros"),
    ("Spendono quarantamila euro l'anno.", "money", "quarantamila euro"),
    ("£5m went into the slip.", "money", "£5m"),
    ("They asked for a discount of 12%.", "percentage", "12%"),
    ("Chcą rabatu 8 procent.", "percentage", "8 procent"),
    ("Vogliono uno sconto del 7,5 %.", "percentage", "7,5 %"),
    ("Họ xin chiết khấu 5 phần trăm.", "percentage", "5 phần trăm"),
    # days to come beside what is announced first
    ("They close the old slip in March.", "date", "March"),
    ("The second yard will be announced on 3 May 2027.", "date", "3 May 2027"),
    ("A launch is planned for Q3 2027.", "date", "Q3 2027"),
    ("They are hiring again next quarter.", "date", "next quarter"),
    ("The move to Gdynia is set for 2027-02-01.", "date", "2027-02-01"),
    ("Chiuderanno il molo a febbraio.", "date", "febbraio"),
    ("L'apertura è prevista nel terzo trimestre.", "date", "terzo trimestre"),
    ("Zamkną nabrzeże w marcu 2027.", "date", "marcu 2027"),
    ("Zwolnią połowę ludzi w przyszłym miesiącu.", "date", "przyszłym miesiącu"),
    ("Họ sẽ đóng cửa xưởng vào tháng 3.", "date", "tháng 3"),
    ("Nhà máy mới khai trương quý 2 năm sau.", "date", "quý 2"),
    # words kept back
    ("Falcon is what they call it.", "off_limits", "Falcon"),
    ("Mówią o zwolnieniu grupowym? Nie: zwolnienie grupowe.", "off_limits", "zwolnienie grupowe"),
    ("It is part of project heron.", "ops_word", "project heron"),
    ("La Ristrutturazione è già decisa.", "ops_word", "Ristrutturazione"),
    ("Họ nói về sáp nhập nội bộ.", "ops_word", "sáp nhập nội bộ"),
]
QUIET = [
    "Nineteen people work in a harbour that empties twice a day.",
    "You send me a window of half a day; I live in windows of forty minutes.",
    "They plan by the tide, and so will we.",
    "A boat will leave when the water is there.",
    "In May the water is low, and nobody minds.",
    "12% of the boats wait for the tide.",
    "The crane turns 30 degrees, no more.",
    "Room 12 is where the forms lie, 40 of them.",
    "They closed a slip in 2019 and never looked back.",
    "In March 2024 they moved the crane.",
    "The office is close to the pier.",
    "We keep a close eye on the crane in March.",
    "They may close the gate when it rains.",
    "She counts the white boats and the brown ones.",
    "A rose stood on the desk.",
    "They will call at seven.",
    "The carter brings sand at six.",
    "An old slip lies by the new one.",
    "A white van waits by the gate.",
    "The kestrel above the harbour is a bird.",
    "He has a project on his desk, and a heron in his pond.",
    "Every price list has a page nobody reads.",
    "They launched the boat, and everybody clapped.",
    "The launch in Q3 2024 went well.",
    "Of the closure on 2024-05-01 they still speak.",
    "L'apertura del 3 maggio 2024 era una festa.",
    "In the third week somebody repaired the door.",
    "What they want is a crane that comes when the water does.",
    "The annual margin of the page is too small to write on.",
    "Le persone aspettano la marea, non noi.",
    "La rosa sul tavolo era di carta.",
    "Hanno chiuso la porta e sono tornati al lavoro.",
    "A marzo l'acqua è alta e il molo è pieno.",
    "Il 12% delle barche aspetta.",
    "La costa è lunga e le barche sono piccole.",
    "Il gatto bianco dorme sulla gru.",
    "W marcu woda jest wysoka.",
    "Zamknęli bramę i poszli do domu.",
    "Co trzecia łódź czeka na wodę.",
    "Na marce silnika nikt się nie zna.",
    "Dwanaście procent łodzi czeka na przypływ.",
    "Kowal i stolarz pracują razem.",
    "Każdy plan zaczyna się od pływów.",
    "Nước lên hai lần mỗi ngày.",
    "Họ mở cửa lúc bảy giờ sáng.",
    "Gia đình chị ấy sống cạnh bến.",
    "Văn phòng nhỏ và sáng.",
    "Tháng 3 nước thấp, ai cũng biết.",
    "Họ đã đóng cửa xưởng cũ năm 2019.",
    "Mùi hương của gỗ ở khắp nơi.",
    "An toàn là việc của mọi người.",
    "Họ hỏi giờ, không hỏi giá.",
]


@pytest.mark.parametrize(("text", "code", "words"), SHOWN)
def test_what_should_stay_is_found(text: str, code: str, words: str) -> None:
    assert (code, words) in [(finding.code, finding.text) for finding in found(text)]


@pytest.mark.parametrize("text", QUIET)
def test_what_may_go_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_there_are_enough_of_both() -> None:
    assert min(len(SHOWN), len(QUIET)) >= 40
