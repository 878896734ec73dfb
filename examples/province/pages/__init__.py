"""The pages of the province's sites, as such sites really print them: see docs/reference/province.md."""
