"""A static site: takeaways for one audience as plain files that open from a folder or a web server."""
