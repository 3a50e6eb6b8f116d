"""Small widgets every page uses: labels, buttons, cards, badges, banners."""
