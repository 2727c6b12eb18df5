"""Pictures from data: plain values in, plain geometry out. Knows no Django; templates/components/ draws it as SVG."""
