"""Text to places on the earth: gazetteer, toponyms, resolution, shapes, geocoders, map layers."""
