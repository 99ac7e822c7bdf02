"""From a Report to what is printed: one function a format, none of which changes what was found."""
