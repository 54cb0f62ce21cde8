"""The only room that speaks SQL: two stores, device and workspace, and one small repository for each room."""
