"""Serve invented councils on loopback as ModernGov and CMIS installations would."""
