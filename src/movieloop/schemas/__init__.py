"""Pydantic models: a file a noun, what goes in beside what comes out.

The same models answer in Python, over HTTP and on the command line. Import them from their file.
"""
