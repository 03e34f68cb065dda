"""What runs inside LibreOffice, in LibreOffice's own Python; nothing here imports the rest of the product."""
