"""Acts on many articles at once: what each does, and the page that shows it beforehand."""
