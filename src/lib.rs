//! Partner Desk widget.
