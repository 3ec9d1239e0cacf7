"""HSDS 3.1: our directory as other directories read it, from Open Referral's specification."""
