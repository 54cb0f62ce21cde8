"""Replies as mail programmes write them, in the languages our readers use: name -> (body, what the person wrote)."""

PLAIN: dict[str, tuple[str, str]] = {
    "gmail en": (
        "This changes how we close.\n\n"
        "On Sun, 22 Nov 2026 at 10:04, Ines Prado <ines@ferro.example> wrote:\n\n"
        "> Two trainers, wrong lessons\n>\n> They learnt it twice.\n",
        "This changes how we close.",
    ),
    "gmail en wrapped": (
        "Thanks!\n\nOn Sun, 22 Nov 2026 at 10:04, Ines Prado via Takeaways <\nines@ferro.example> wrote:\n\n> Two\n",
        "Thanks!",
    ),
    "gmail it": (
        "Lo facciamo già da marzo.\n\n"
        "Il giorno dom 22 nov 2026 alle ore 10:04 Ines Prado <ines@ferro.example>\nha scritto:\n"
        "\n> Due formatori\n",
        "Lo facciamo già da marzo.",
    ),
    "gmail pl": (
        "Zmieniamy procedurę.\n\nniedz., 22 lis 2026 o 10:04 Ines Prado <ines@ferro.example> napisał(a):\n\n> Dwóch\n",
        "Zmieniamy procedurę.",
    ),
    "gmail vi": (
        "Chúng tôi đã làm điều này.\n\n"
        "Vào CN, 22 thg 11, 2026 vào lúc 10:04 Ines Prado <ines@ferro.example>\nđã viết:\n\n"
        "> Hai người\n",
        "Chúng tôi đã làm điều này.",
    ),
    "gmail de": (
        "Das machen wir schon.\n\nAm So., 22. Nov. 2026 um 10:04 Uhr schrieb Ines Prado <\n"
        "ines@ferro.example>:\n\n> Zwei\n",
        "Das machen wir schon.",
    ),
    "thunderbird en": (
        "Who trained them?\n\nOn 22/11/2026 10:04, Ines Prado wrote:\n> Two trainers\n> twice\n",
        "Who trained them?",
    ),
    "thunderbird it": (
        "Chi?\n\nIl 22/11/2026 10:04, Ines Prado ha scritto:\n> Due\n",
        "Chi?",
    ),
    "thunderbird pl": (
        "Kto?\n\nW dniu 22.11.2026 o 10:04, Ines Prado pisze:\n> Dwóch\n",
        "Kto?",
    ),
    "thunderbird de": (
        "Wer?\n\nAm 22.11.26 um 10:04 schrieb Ines Prado:\n> Zwei\n",
        "Wer?",
    ),
    "thunderbird vi": (
        "Ai?\n\nVào 22/11/2026 10:04, Ines Prado viết:\n> Hai\n",
        "Ai?",
    ),
    "thunderbird answers between": (
        "On 22/11/2026 10:04, Ines Prado wrote:\n> They learnt it twice.\n\n"
        "Because we print two books.\n\n> Who?\n\nBoth of us.\n",
        "Because we print two books.\n\nBoth of us.",
    ),
    "apple mail en": (
        "Yes, us too.\n\nAgnes\n\n"
        "> On 22 Nov 2026, at 10:04, Ines Prado <ines@ferro.example> wrote:\n> \n> Two trainers\n",
        "Yes, us too.\n\nAgnes",
    ),
    "apple mail it": (
        "Anche noi.\n\n"
        "> Il giorno 22 nov 2026, alle ore 10:04, Ines Prado <ines@ferro.example> ha scritto:\n"
        "> \n> Due\n",
        "Anche noi.",
    ),
    "apple mail pl": (
        "My też.\n\n"
        "Wiadomość napisana przez Ines Prado <ines@ferro.example> w dniu 22 lis 2026, o godz. "
        "10:04:\n\n> Dwóch\n",
        "My też.",
    ),
    "apple mail de": (
        "Wir auch.\n\n> Am 22.11.2026 um 10:04 schrieb Ines Prado <ines@ferro.example>:\n> \n> Zwei\n",
        "Wir auch.",
    ),
    "iphone en": (
        "Same in Lyon\n\nSent from my iPhone\n\n"
        "> On 22 Nov 2026, at 10:04, Ines Prado <ines@ferro.example> wrote:\n> \n> Two\n",
        "Same in Lyon",
    ),
    "iphone it": (
        "Idem\n\nInviato da iPhone\n\n"
        "> Il giorno 22 nov 2026, alle ore 10:04, Ines <i@ferro.example> ha scritto:\n> Due",
        "Idem",
    ),
    "iphone pl": (
        "To samo\n\nWysłane z iPhone'a\n",
        "To samo",
    ),
    "iphone de": (
        "Dito\n\nVon meinem iPhone gesendet\n",
        "Dito",
    ),
    "iphone vi": (
        "Cũng vậy\n\nĐã gửi từ iPhone của tôi\n",
        "Cũng vậy",
    ),
    "outlook phone": (
        "Let us talk.\n\nGet Outlook for Android<https://aka.ms/AAb9ysg>\n"
        "________________________________\nFrom: Ines Prado <ines@ferro.example>\n"
        "Sent: Sunday, November 22, 2026 10:04:11 AM\nTo: Agnes Moll <agnes@ferro.example>\n"
        "Subject: Two trainers [T-K7QX2M4A]\n\nTwo trainers\n",
        "Let us talk.",
    ),
    "outlook en": (
        "We print two books.\n\nKind regards\nAgnes\n\nFrom: Ines Prado <ines@ferro.example>\n"
        "Sent: 22 November 2026 10:04\nTo: Agnes Moll\nSubject: Two trainers\n\n"
        "Two trainers, wrong lessons\n",
        "We print two books.\n\nKind regards\nAgnes",
    ),
    "outlook de": (
        "Zwei Bücher.\n\nVon: Ines Prado <ines@ferro.example>\n"
        "Gesendet: Sonntag, 22. November 2026 10:04\nAn: Agnes Moll\nBetreff: Two trainers\n\nTwo\n",
        "Zwei Bücher.",
    ),
    "outlook it": (
        "Due libri.\n\nDa: Ines Prado\nInviato: domenica 22 novembre 2026 10:04\nA: Agnes Moll\nOggetto: Two\n\nTwo\n",
        "Due libri.",
    ),
    "outlook pl": (
        "Dwie książki.\n\nOd: Ines Prado\nWysłano: niedziela, 22 listopada 2026 10:04\nDo: Agnes\nTemat: Two\n\nTwo\n",
        "Dwie książki.",
    ),
    "outlook vi": (
        "Hai cuốn sách.\n\nTừ: Ines Prado\nĐã gửi: Chủ Nhật, 22 Tháng Mười Một, 2026 10:04\n"
        "Đến: Agnes\nChủ đề: Two\n\nTwo\n",
        "Hai cuốn sách.",
    ),
    "outlook 2003": (
        "See below.\n\n-----Original Message-----\nFrom: Ines Prado\nSent: Sunday\nTo: Agnes\nSubject: Two\n\nTwo\n",
        "See below.",
    ),
    "outlook stars": (
        "Ok.\n\n*From:* Ines Prado\n*Sent:* Sunday\n*To:* Agnes\n*Subject:* Two\n\nTwo\n",
        "Ok.",
    ),
    "signature": (
        "We do.\n\n-- \nAgnes Moll\nFinance, Ferro\n+31 20 555 0123\n",
        "We do.",
    ),
    "forwarded": (
        "For you.\n\n---------- Forwarded message ---------\nFrom: Ines\nDate: Sunday\nSubject: Two\n\nTwo\n",
        "For you.",
    ),
    "nothing but a quote": (
        "\n> Two trainers\n> twice\n",
        "",
    ),
    "a list keeps its lines": (
        "Three things:\n- Jan trains\n- Rosa trains\n-- both train\n",
        "Three things:\n- Jan trains\n- Rosa trains\n-- both train",
    ),
    "what somebody wrote, told": (
        "On 3 May the auditor wrote:\nyou have two books.\nThat is why.\n",
        "On 3 May the auditor wrote:\nyou have two books.\nThat is why.",
    ),
    "from as a word": (
        "From: here to there it takes a day.\nNobody minds.\n",
        "From: here to there it takes a day.\nNobody minds.",
    ),
    "windows line ends and odd blanks": (
        "We\u00a0do.\r\n\u200b\r\nOn 22/11/2026 10:04, Ines wrote:\r\n> Two\r\n",
        "We do.",
    ),
}

HTML: dict[str, tuple[str, str]] = {
    "gmail": (
        '<div dir="ltr">This changes <b>how</b> we '
        'close.<div><br></div><div>Agnes</div></div><br><div class="gmail_quote"><div '
        'dir="ltr" class="gmail_attr">On Sun, 22 Nov 2026 at 10:04, Ines Prado &lt;<a '
        'href="mailto:ines@ferro.example">ines@ferro.example</a>&gt; '
        'wrote:<br></div><blockquote class="gmail_quote"><div>Two '
        "trainers</div></blockquote></div>",
        "This changes how we close.\n\nAgnes",
    ),
    "outlook": (
        '<html><head><style>p {margin:0}</style></head><body><div class="WordSection1"><p '
        'class="MsoNormal">We print two books.<o:p></o:p></p><p '
        'class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border:none;border-top:solid '
        '#E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Ines Prado '
        "&lt;ines@ferro.example&gt; <br><b>Sent:</b> 22 November 2026 10:04<br><b>To:</b> "
        "Agnes Moll<br><b>Subject:</b> Two trainers</p></div><p>Two "
        "trainers</p></div></body></html>",
        "We print two books.",
    ),
    "apple": (
        '<html><body>Yes, us too.<br><div><br><blockquote type="cite"><div>On 22 Nov 2026, at '
        "10:04, Ines wrote:</div><div>Two trainers</div></blockquote></div></body></html>",
        "Yes, us too.",
    ),
    "thunderbird": (
        '<html><body><p>Who trained them?</p><div class="moz-cite-prefix">On 22/11/2026 '
        '10:04, Ines wrote:<br></div><blockquote type="cite" cite="mid:x"><p>Two '
        "trainers</p></blockquote><p>And when?</p></body></html>",
        "Who trained them?\n\nAnd when?",
    ),
    "hidden and active things": (
        "<script>alert(1)</script><style>x</style><div style='display: none'>preheader</div><p>Seen &amp; heard</p>",
        "Seen & heard",
    ),
    "a list": (
        "<p>Two:</p><ul><li>Jan</li><li>Rosa</li></ul>",
        "Two:\n- Jan\n- Rosa",
    ),
}
