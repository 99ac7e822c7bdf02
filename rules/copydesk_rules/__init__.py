"""The checks that come with copydesk: a folder a family, three files a rule."""
