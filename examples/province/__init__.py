"""示例省: a make-believe province whose sites, enterprises and disclosures are generated from one seed.

Everything here is invented. Region codes start with 99, a prefix that GB/T 2260 does not assign.
"""
