"""The known methods movieloop is measured against."""
