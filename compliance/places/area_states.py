"""The states and provinces that the phonenumbers package's English place names speak of."""

import re

_US = """Alabama AL|Alaska AK|Arizona AZ|Arkansas AR|California CA|Colorado CO|Connecticut CT|Delaware DE|
Washington D.C. DC|Florida FL|Georgia GA|Hawaii HI|Idaho ID|Illinois IL|Indiana IN|Iowa IA|Kansas KS|
Kentucky KY|Louisiana LA|Maine ME|Maryland MD|Massachusetts MA|Michigan MI|Minnesota MN|Mississippi MS|
Missouri MO|Montana MT|Nebraska NE|Nevada NV|New Hampshire NH|New Jersey NJ|New Mexico NM|New York NY|
North Carolina NC|North Dakota ND|Ohio OH|Oklahoma OK|Oregon OR|Pennsylvania PA|Rhode Island RI|
South Carolina SC|South Dakota SD|Tennessee TN|Texas TX|Utah UT|Vermont VT|Virginia VA|
Washington State WA|West Virginia WV|Wisconsin WI|Wyoming WY|Philadelphia PA"""
_CANADA = """Alberta AB|British Columbia BC|Manitoba MB|New Brunswick NB|Newfoundland and Labrador NL|
Northwest Territories NT|Nova Scotia NS|Nunavut NU|Ontario ON|Prince Edward Island PE|Quebec QC|
Saskatchewan SK|Yukon YT"""


def _by_name(country, text):
    entries = (entry.strip().rsplit(" ", 1) for entry in text.replace("\n", "").split("|"))
    return {name: f"{country}-{code}" for name, code in entries}


_BY_NAME = {**_by_name("US", _US), **_by_name("CA", _CANADA)}
_BY_CODE = {state[3:]: state for state in _BY_NAME.values()}


def state_of_place(place):
    """{"US-NY"} of "New York, NY" or "New York"; two of "Nova Scotia/Prince Edward Island"."""
    found = {_BY_NAME[name] for name in place.split("/") if name in _BY_NAME}
    suffix = re.search(r", ([A-Z]{2})$", place)
    if not found and suffix and suffix.group(1) in _BY_CODE:
        found = {_BY_CODE[suffix.group(1)]}
    return found
