"""Figures without a source, beside a plain script."""
