"""What an item names: the substances, strengths and products behind the words of a medication list; never a guess."""
