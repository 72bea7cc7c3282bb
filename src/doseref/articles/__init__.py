"""Articles: read (text, Markdown, HTML, Word → blocks with places), extract statements, compare them."""
