"""What the page is made of: filters, panel, reader view, forms, translations."""
