#!/usr/bin/env python3
"""The cases that decisions about a dial are tested with, each with the answer that is to come.

Written from research/compliance.md (the table of 28 cases, §6.3) and from the sentences of the command's
contract (docs/guide/packs.md), by hand: nothing here computes an answer. A case is written as what it has
otherwise than the common one; dotted names reach inside. The output is the table that the tests read:

    scripts/reference/policy_cases.py > tests/dialer/app/policy/policy_cases.json
"""

import copy
import json
import sys

COMMON = {
    "now": "2026-11-23T13:00:00Z",  # a Monday, 08:00 in New York
    "packs": ["us-federal"],
    "campaign": {"purpose": "telemarketing", "mode": "predictive", "subject": "t1",
                 "safe_harbour_message": True, "caller_id_owned": True},
    "number": {"e164": "+12125550123", "line_type": "landline"},
    "contact": {"kind": "consumer"},
    "lists": {"national_dnc": {"listed": False, "retrieved": "2026-11-20"}},
    "end_guard_s": 0,
}
ABSENT = object()

FL = {"packs": ["us-federal", "us-fl"], "number.e164": "+18502345678"}
MIAMI = {"packs": ["us-federal", "us-fl"], "number.e164": "+13055550123"}
TEXAS = {"packs": ["us-federal", "us-tx"], "number.e164": "+12145550123"}
UK = {"packs": ["uk"], "number.e164": "+442079460123", "lists": {"tps": None}}
DE = {"packs": ["de"], "number.e164": "+493012345678", "lists": ABSENT}
NL = {"packs": ["nl"], "number.e164": "+31201234567", "lists": ABSENT}
RU = {"packs": ["ru"], "number.e164": "+74951234567", "lists": ABSENT,
      "campaign.operator_contract": True,
      "consent": [{"channels": ["live", "autodialed"], "given": "2026-01-05", "form": "written",
                   "artefact": True, "revoked": None}]}
CANADA = {"packs": ["ca"], "number.e164": "+14165550123"}
AUSTRALIA = {"packs": ["au"], "number.e164": "+61280001234", "number.zones": ["Australia/Sydney"]}


def calls(*times, **more):
    return [{"at": time, "outcome": "NO_ANSWER", "subject": "t1", "kind": "live", **more} for time in times]


def consent(**more):
    return [{"channels": ["live", "autodialed"], "given": "2026-01-05", "form": "written", "artefact": True,
             "revoked": None, **more}]


LA = {"contact.address": {"region": "US-CA", "zones": ["America/Los_Angeles"], "confirmed": False}}
LA_SURE = {"contact.address": {"region": "US-CA", "zones": ["America/Los_Angeles"], "confirmed": True}}
LISTED = {"lists.national_dnc": {"listed": True, "retrieved": "2026-11-20"}}
WIRELESS_SURVEY = {"campaign.purpose": "survey", "number.line_type": "wireless"}
TEN = calls("2026-11-22T19:00:00Z", "2026-11-23T13:00:00Z", "2026-11-23T17:00:00Z")


def allow(*obligations):
    """Each obligation as "kind rule"."""
    return {"verdict": "ALLOW", "until": None, "primary": None, "scope": None,
            "obligations": sorted(obligations)}


def defer(until, primary, scope="number"):
    return {"verdict": "DEFER", "until": until, "primary": primary, "scope": scope, "obligations": []}


def deny(primary, scope="number"):
    return {"verdict": "DENY", "until": None, "primary": primary, "scope": scope, "obligations": []}


NINE_PM = "2026-11-24T02:00:00Z"
TABLE = [  # research/compliance.md §6.3
    ("01", {}, allow()),
    ("02", {"now": "2026-11-23T12:59:59Z"}, defer("2026-11-23T13:00:00Z", "us.fcc.hours")),
    ("03", {"now": NINE_PM}, defer("2026-11-24T13:00:00Z", "us.fcc.hours")),
    ("04", {**FL, "number.zones": ["America/New_York", "America/Chicago"], "now": "2026-11-24T01:30:00Z"},
     defer("2026-11-24T14:00:00Z", "us.fl.hours")),
    ("05", {**FL, "now": "2026-11-24T01:30:00Z"}, allow()),
    ("06", {**LA, "now": "2026-11-23T15:00:00Z"}, defer("2026-11-23T16:00:00Z", "us.fcc.hours")),
    ("07", {**LA_SURE, "now": "2026-11-24T04:30:00Z"}, allow()),
    ("08", {**TEXAS, "now": "2026-11-22T16:00:00Z"}, defer("2026-11-22T18:00:00Z", "us.tx.hours")),
    ("09", {**TEXAS, "now": "2026-11-23T14:30:00Z"}, defer("2026-11-23T15:00:00Z", "us.tx.hours")),
    ("10", {**MIAMI, "history": TEN, "now": "2026-11-23T18:00:00Z"},
     defer("2026-11-23T19:00:00Z", "us.fl.freq", "contact")),
    ("11", {**MIAMI, "now": "2026-03-08T23:30:00Z",
            "lists.national_dnc": {"listed": False, "retrieved": "2026-03-05"},
            "history": calls("2026-03-08T00:30:00Z", "2026-03-08T14:00:00Z", "2026-03-08T18:00:00Z")},
     defer("2026-03-09T12:00:00Z", "us.fl.freq", "contact")),
    ("12", {**MIAMI, "history": TEN, "now": "2026-11-23T18:00:00Z", "campaign.purpose": "survey"}, allow()),
    ("13", {**LISTED}, deny("us.dnc.national")),
    ("14", {**LISTED, "relationship": {"last_purchase": "2025-06-23"}}, allow()),
    ("15", {**LISTED, "relationship": {"last_purchase": "2025-05-22"}}, deny("us.dnc.national")),
    ("16", {"lists.national_dnc": {"listed": False, "retrieved": "2026-10-22"}},
     deny("us.dnc.stale", "campaign")),
    ("17", {"campaign.purpose": "survey", "lists.internal_dnc": "2025-07-10"}, deny("core.dnc.internal")),
    ("18", WIRELESS_SURVEY, deny("us.fcc.atds")),
    ("19", {**WIRELESS_SURVEY, "campaign.mode": "manual"}, allow("human_initiated us.fcc.atds")),
    ("20", {"now": "2026-11-23T15:00:00Z", "consent": consent(revoked="2026-11-23T14:00:00Z")},
     deny("core.revoked")),
    ("21", {"campaign.safe_harbour_message": False}, deny("us.ftc.msg", "campaign")),
    ("22", {"campaign.window_totals": {"live": 10000, "abandoned": 302}},
     allow("progressive_only us.fcc.abandon", "progressive_only us.ftc.abandon",
           "reserve_agent us.fcc.abandon", "reserve_agent us.ftc.abandon")),
    ("23", {**UK, "history": calls("2026-11-20T15:00:00Z", outcome="ABANDONED")},
     allow("reserve_agent uk.ofcom.72h")),
    ("24", {**UK, "history": calls("2026-11-23T08:00:00Z", outcome="MACHINE")},
     allow("reserve_agent uk.ofcom.amd24")),
    ("25", {**DE, "consent": consent(artefact=False)}, deny("de.uwg7a")),
    ("26 before", {**NL, "now": "2026-06-30T10:00:00Z", "relationship": {"last_purchase": "2025-06-30"}},
     allow("offer_objection nl.object")),
    ("26 after", {**NL, "now": "2026-07-01T10:00:00Z", "relationship": {"last_purchase": "2025-06-30"}},
     deny("nl.optin")),
    ("27 predictive", RU, deny("ru.38fz.18.2", "campaign")),
    ("27 manual", {**RU, "campaign.mode": "manual"}, allow("label ru.mass")),
    ("28", {**CANADA, "now": "2026-11-21T23:00:00Z"}, defer("2026-11-22T15:00:00Z", "ca.hours")),
]

NOON = "2026-11-23T17:00:00Z"
CONTRACT = [  # a sentence each; unless said, 08:00 in New York as above
    ("packs given are exactly these: no federal hours with us-fl alone",
     {**MIAMI, "packs": ["us-fl"], "now": "2026-11-23T12:30:00Z"}, defer("2026-11-23T13:00:00Z", "us.fl.hours")),
    ("no packs at all: the core alone", {"packs": [], "now": "2026-11-23T05:00:00Z", "lists": ABSENT}, allow()),
    ("packs absent: by the area code, Florida binds", {**MIAMI, "packs": ABSENT, "now": "2026-11-24T01:30:00Z"},
     defer("2026-11-24T13:00:00Z", "us.fl.hours")),
    ("packs absent: New York has none of its own", {"packs": ABSENT, "now": "2026-11-24T01:30:00Z"}, allow()),
    ("packs absent: by the address, Florida binds a number of New York",
     {"packs": ABSENT, "now": "2026-11-24T01:30:00Z",
      "contact.address": {"region": "US-FL", "zones": ["America/New_York"]}},
     defer("2026-11-24T13:00:00Z", "us.fl.hours")),
    ("packs absent: by purpose, Florida does not bind a survey",
     {**MIAMI, "packs": ABSENT, "now": "2026-11-24T01:30:00Z", "campaign.purpose": "survey"}, allow()),
    ("packs absent: a British number", {**UK, "packs": ABSENT, "campaign.safe_harbour_message": False},
     deny("uk.ofcom.msg", "campaign")),
    ("packs absent: a country nobody looked into",
     {"packs": ABSENT, "number.e164": "+33142685300", "now": NOON}, deny("core.no_pack")),
    ("the national list absent", {"lists": ABSENT}, deny("us.dnc.stale", "campaign")),
    ("the national list unknown", {"lists.national_dnc": {"retrieved": "2026-11-20"}},
     deny("us.dnc.stale", "campaign")),
    ("the national list without its date", {"lists.national_dnc": {"listed": False}},
     deny("us.dnc.stale", "campaign")),
    ("null in lists: looked up, not listed", {"lists.national_dnc": None}, allow()),
    ("listed null: looked up, not listed",
     {"lists.national_dnc": {"listed": None, "retrieved": "2026-11-20"}}, allow()),
    ("internal_dnc null: not listed", {"lists.internal_dnc": None}, allow()),
    ("a list of 31 days ago", {"lists.national_dnc": {"listed": False, "retrieved": "2026-10-23"}}, allow()),
    ("a list of next week", {"lists.national_dnc": {"listed": False, "retrieved": "2026-12-01"}},
     deny("us.dnc.stale", "campaign")),
    ("no list is needed for a survey", {"campaign.purpose": "survey", "lists": ABSENT}, allow()),
    ("nor for a charity", {"campaign.sector": "charity", "lists": ABSENT}, allow()),
    ("mode defaults to predictive", {**WIRELESS_SURVEY, "campaign.mode": ABSENT}, deny("us.fcc.atds")),
    ("line unknown is as wireless", {"campaign.purpose": "survey", "number.line_type": ABSENT},
     deny("us.fcc.atds")),
    ("kind defaults to consumer", {**DE, "contact": ABSENT}, deny("de.uwg7")),
    ("a business in Germany", {**DE, "contact.kind": "business"}, allow()),
    ("sector defaults to commercial",
     {**NL, "now": "2026-07-01T10:00:00Z", "campaign.sector": ABSENT, "relationship": {"customer": True}},
     deny("nl.optin")),
    ("booleans default to false: caller_id_owned", {"campaign.caller_id_owned": ABSENT},
     deny("core.caller_id", "campaign")),
    ("booleans default to false: safe_harbour_message", {"campaign.safe_harbour_message": ABSENT},
     deny("us.ftc.msg", "campaign")),
    ("end_guard_s defaults to 60: 59 s before the end",
     {"end_guard_s": ABSENT, "now": "2026-11-24T01:59:01Z"}, defer("2026-11-24T13:00:00Z", "us.fcc.hours")),
    ("end_guard_s: just before it", {"end_guard_s": ABSENT, "now": "2026-11-24T01:58:59Z"}, allow()),
    ("end_guard_s: 60 s before the end are its first instant",
     {"end_guard_s": ABSENT, "now": "2026-11-24T01:59:00Z"}, defer("2026-11-24T13:00:00Z", "us.fcc.hours")),
    ("no message in Britain", {**UK, "campaign.safe_harbour_message": False}, deny("uk.ofcom.msg", "campaign")),
    ("message is read only in mode prerecorded",
     {"campaign.message": {"identity": False, "number": False, "opt_out_key": False}}, allow()),
    ("prerecorded without an opt-out key",
     {"campaign.purpose": "survey", "campaign.mode": "prerecorded",
      "campaign.message": {"identity": True, "number": True}}, deny("us.fcc.prerec.id", "campaign")),
    ("prerecorded survey with all of it",
     {"campaign.purpose": "survey", "campaign.mode": "prerecorded", "campaign.safe_harbour_message": False,
      "campaign.message": {"identity": True, "number": True, "opt_out_key": True}}, allow()),
    ("three recorded surveys in 30 days",
     {"campaign.purpose": "survey", "campaign.mode": "prerecorded",
      "campaign.message": {"identity": True, "number": True, "opt_out_key": True},
      "history": calls("2026-10-25T15:00:00Z", "2026-11-01T15:00:00Z", "2026-11-20T15:00:00Z",
                       kind="prerecorded")},
     defer("2026-11-24T15:00:00Z", "us.fcc.prerec.res")),
    ("of these two were live",
     {"campaign.purpose": "survey", "campaign.mode": "prerecorded",
      "campaign.message": {"identity": True, "number": True, "opt_out_key": True},
      "history": calls("2026-10-25T15:00:00Z", "2026-11-01T15:00:00Z") +
      calls("2026-11-20T15:00:00Z", kind="prerecorded")}, allow()),
    ("frequency counts every outcome",
     {**MIAMI, "now": "2026-11-23T18:00:00Z",
      "history": calls("2026-11-22T19:00:00Z", outcome="MACHINE") + calls("2026-11-23T13:00:00Z", outcome="BUSY")
      + calls("2026-11-23T17:00:00Z", outcome="ABANDONED")},
     defer("2026-11-23T19:00:00Z", "us.fl.freq", "contact")),
    ("another subject does not count",
     {**MIAMI, "now": "2026-11-23T18:00:00Z", "history": TEN[:2] + calls("2026-11-23T17:00:00Z", subject="t2")},
     allow()),
    ("an unknown subject counts",
     {**MIAMI, "now": "2026-11-23T18:00:00Z", "campaign.subject": ABSENT, "history": TEN},
     defer("2026-11-23T19:00:00Z", "us.fl.freq", "contact")),
    ("18 months are calendar months, clamped, the last day included",
     {**LISTED, "now": "2026-11-30T17:00:00Z", "lists.national_dnc": {"listed": True, "retrieved": "2026-11-20"},
      "relationship": {"last_purchase": "2025-05-31"}}, allow()),
    ("and not the day after",
     {**LISTED, "now": "2026-12-01T17:00:00Z", "relationship": {"last_purchase": "2025-05-31"}},
     deny("us.dnc.national")),
    ("on the contact's date: still the last day in Los Angeles",
     {**LISTED, **LA_SURE, "now": "2026-11-23T04:30:00Z", "relationship": {"last_purchase": "2025-05-22"}},
     allow()),
    ("an inquiry of three months", {**LISTED, "relationship": {"last_inquiry": "2026-08-23"}}, allow()),
    ("an inquiry of three months and a day", {**LISTED, "relationship": {"last_inquiry": "2026-08-22"}},
     deny("us.dnc.national")),
    ("an objection ends the relationship",
     {**LISTED, "relationship": {"last_purchase": "2026-10-01", "objected": "2026-10-05"}},
     deny("us.dnc.national")),
    ("a customer without a date is none", {**LISTED, "relationship": {"customer": True}},
     deny("us.dnc.national")),
    ("signed permission lifts the list", {**LISTED, "consent": consent()}, allow()),
    ("an oral one does not", {**LISTED, "consent": consent(form="oral")}, deny("us.dnc.national")),
    ("a revoked one denies by itself", {**LISTED, "consent": consent(revoked="2026-11-01")}, deny("core.revoked")),
    ("revoked is a date: it begins at the number's midnight",
     {"consent": consent(revoked="2026-11-23")}, deny("core.revoked")),
    ("tomorrow's revocation has not begun", {"consent": consent(revoked="2026-11-24")}, allow()),
    ("the date has begun in UTC, not in New York",
     {"now": "2026-11-24T01:30:00Z", "consent": consent(revoked="2026-11-24")}, allow()),
    ("a later consent mends a revocation",
     {"consent": consent(revoked="2026-10-01") + consent(given="2026-10-02")}, allow()),
    ("one of the same day does not",
     {"consent": consent(revoked="2026-10-01") + consent(given="2026-10-01")}, deny("core.revoked")),
    ("wireless sale with written consent to autodialing",
     {"number.line_type": "wireless", "consent": consent()}, allow()),
    ("wireless sale with oral consent", {"number.line_type": "wireless", "consent": consent(form="oral")},
     deny("us.fcc.atds")),
    ("wireless survey with oral consent", {**WIRELESS_SURVEY, "consent": consent(form="oral")}, allow()),
    ("consent to live calls is none to autodialing", {**WIRELESS_SURVEY, "consent": consent(channels=["live"])},
     deny("us.fcc.atds")),
    ("manual with consent needs no obligation",
     {**WIRELESS_SURVEY, "campaign.mode": "manual", "consent": consent()}, allow()),
    ("prior consent lifts the FTC's hours, not the FCC's", {"now": NINE_PM, "consent": consent()},
     defer("2026-11-24T13:00:00Z", "us.fcc.hours")),
    ("a survey that hands on to sales is telemarketing",
     {**LISTED, "campaign.purpose": "survey", "campaign.transfers_to_sales": True}, deny("us.dnc.national")),
    ("a survey has no hours of its own", {"campaign.purpose": "survey", "now": "2026-11-23T05:00:00Z"}, allow()),
    ("house windows are house.hours",
     {"campaign.purpose": "survey", "now": NOON,
      "campaign.house_windows": [{"purpose": "survey", "weekly": {"tue": "09:00-21:00"}}]},
     defer("2026-11-24T14:00:00Z", "house.hours")),
    ("house windows of another purpose",
     {"now": NOON, "campaign.house_windows": [{"purpose": "survey", "weekly": {"tue": "09:00-21:00"}}]}, allow()),
    ("house windows without a purpose",
     {"now": NOON, "campaign.house_windows": [{"weekly": {"tue": "09:00-21:00"}}]},
     defer("2026-11-24T14:00:00Z", "house.hours")),
    ("hours that never meet",
     {"now": NOON, "campaign.house_windows": [{"weekly": {"mon": "22:00-23:00"}}]}, deny("core.no_window")),
    ("zones given replace the table",
     {"number.zones": ["America/Los_Angeles"], "now": NOON}, allow()),
    ("zones given replace the table: too early there",
     {"number.zones": ["America/Los_Angeles"]}, defer("2026-11-23T16:00:00Z", "us.fcc.hours")),
    ("no zone known", {"number.zones": []}, deny("us.fcc.hours")),
    ("an empty address changes nothing", {"contact.address": {}}, allow()),
    ("DENY comes before DEFER", {**LISTED, "now": NINE_PM}, deny("us.dnc.national")),
    ("the lowest id of several", {"lists": ABSENT, "campaign.safe_harbour_message": False},
     deny("us.dnc.stale", "campaign")),
    ("exactly the cap passes", {"campaign.window_totals": {"live": 10000, "abandoned": 300}}, allow()),
    ("none yet", {"campaign.window_totals": {"live": 0, "abandoned": 0}}, allow()),
    ("Canada's cap is 5 %", {**CANADA, "now": NOON, "campaign.window_totals": {"live": 10000, "abandoned": 500}},
     allow()),
    ("Canada's cap passed", {**CANADA, "now": NOON, "campaign.window_totals": {"live": 12000, "abandoned": 601}},
     allow("progressive_only ca.abandon", "reserve_agent ca.abandon")),
    ("72 h are over", {**UK, "history": calls("2026-11-20T13:00:00Z", outcome="ABANDONED")}, allow()),
    ("24 h are over", {**UK, "history": calls("2026-11-22T13:00:00Z", outcome="MACHINE")}, allow()),
    ("both British guards, on one call each",
     {**UK, "history": calls("2026-11-22T15:00:00Z", outcome="ABANDONED") +
      calls("2026-11-23T08:00:00Z", outcome="MACHINE")},
     allow("reserve_agent uk.ofcom.72h", "reserve_agent uk.ofcom.amd24")),
    ("TPS for 27 days", {**UK, "lists": {"tps": {"listed_since": "2026-10-27", "retrieved": "2026-11-20"}}}, allow()),
    ("TPS for 28 days", {**UK, "lists": {"tps": {"listed_since": "2026-10-26", "retrieved": "2026-11-20"}}},
     deny("uk.pecr.tps")),
    ("TPS, but this caller was told to call",
     {**UK, "lists": {"tps": {"listed_since": "2026-01-26", "retrieved": "2026-11-20"}},
      "relationship": {"notified_ok": "2026-02-01"}}, allow()),
    ("and that was withdrawn",
     {**UK, "lists": {"tps": {"listed_since": "2026-01-26", "retrieved": "2026-11-20"}},
      "relationship": {"notified_ok": "2026-02-01", "notified_ok_withdrawn": "2026-03-01"}}, deny("uk.pecr.tps")),
    ("research needs no TPS", {**UK, "campaign.purpose": "survey", "lists": ABSENT}, allow()),
    ("the national list of a British number is the TPS",
     {**UK, "lists": {"national_dnc": {"listed": True, "retrieved": "2026-11-20"}}}, deny("uk.pecr.tps")),
    ("no British list at all", {**UK, "lists": ABSENT}, deny("uk.pecr.stale", "campaign")),
    ("DE: no consent", DE, deny("de.uwg7")),
    ("DE: consent with its request", {**DE, "consent": consent()}, allow()),
    ("NL: customer is enough while the exception stands",
     {**NL, "now": "2026-06-30T10:00:00Z", "relationship": {"customer": True}}, allow("offer_objection nl.object")),
    ("NL: an old purchase is enough", {**NL, "now": "2026-06-30T10:00:00Z",
                                       "relationship": {"last_purchase": "2015-01-01"}},
     allow("offer_objection nl.object")),
    ("NL: charities keep it",
     {**NL, "campaign.sector": "charity", "relationship": {"donor_since": "2020-01-01"}},
     allow("offer_objection nl.object")),
    ("NL: publishers keep it", {**NL, "campaign.sector": "press", "relationship": {"customer": True}},
     allow("offer_objection nl.object")),
    ("NL: an objection", {**NL, "campaign.sector": "press",
                          "relationship": {"customer": True, "objected": "2026-09-01"}}, deny("nl.object")),
    ("NL: consent", {**NL, "consent": consent()}, allow("offer_objection nl.object")),
    ("RU: no contract with the operator", {**RU, "campaign.mode": "manual", "campaign.operator_contract": False},
     deny("ru.mass", "campaign")),
    ("RU: a label of 33 characters", {**RU, "campaign.mode": "manual", "campaign.call_label": "я" * 33},
     deny("ru.mass", "campaign")),
    ("RU: a label of 32 characters", {**RU, "campaign.mode": "manual", "campaign.call_label": "я" * 32},
     allow("label ru.mass")),
    ("RU: all mass calls refused", {**RU, "campaign.mode": "manual", "lists": {"mass_call_refusal": True}},
     deny("ru.mass.refusal")),
    ("RU: no consent", {**RU, "campaign.mode": "manual", "consent": []}, deny("ru.38fz.18.1")),
    ("RU: state bodies are excepted", {**RU, "campaign.purpose": "notice", "campaign.sector": "government",
                                       "campaign.operator_contract": False}, allow()),
    ("RU: before the law of 2025",
     {**RU, "campaign.mode": "manual", "campaign.operator_contract": False, "now": "2025-08-31T10:00:00Z",
      "consent": consent(given="2025-01-05")}, allow()),
    ("CA: half past nine in the evening", {**CANADA, "now": "2026-11-24T02:30:00Z"},
     defer("2026-11-24T14:00:00Z", "ca.hours")),
    ("CA: a business is outside the list",
     {**CANADA, "now": NOON, "contact.kind": "business", "lists": ABSENT}, allow()),
    ("AU: a holiday is closed",
     {**AUSTRALIA, "now": "2026-12-24T23:30:00Z", "holidays": ["2026-12-25"],
      "lists.national_dnc": {"listed": False, "retrieved": "2026-12-20"}},
     defer("2026-12-25T22:00:00Z", "au.hours.tm")),
    ("AU: Sunday is for research alone", {**AUSTRALIA, "now": "2026-11-22T00:00:00Z"},
     defer("2026-11-22T22:00:00Z", "au.hours.tm")),
    ("AU: research on Sunday", {**AUSTRALIA, "now": "2026-11-22T00:00:00Z", "campaign.purpose": "survey"}, allow()),
    ("AU: research that hands on to sales",
     {**AUSTRALIA, "now": "2026-11-22T00:00:00Z", "campaign.purpose": "survey", "campaign.transfers_to_sales": True},
     defer("2026-11-22T22:00:00Z", "au.hours.tm")),
    ("WA: recorded sales are banned",
     {"packs": ["us-wa"], "number.e164": "+12065550123", "now": "2026-11-23T20:00:00Z", "campaign.mode": "prerecorded"},
     deny("us.wa.adad", "campaign")),
    ("MD: machines that dial need consent", {"packs": ["us-md"], "number.e164": "+14105550123", "now": NOON},
     deny("us.md.auto")),
    ("OK: 8 to 8 in Chicago's time", {"packs": ["us-ok"], "number.e164": "+14055550123", "now": "2026-11-24T02:00:00Z"},
     defer("2026-11-24T14:00:00Z", "us.ok.hours")),
    ("HU: advertising needs consent", {"packs": ["hu"], "number.e164": "+3612345678"}, deny("hu.grt")),
    ("core.number: no such area code", {"number.e164": "+11005550123"}, deny("core.number")),
    ("core.number: too short", {"number.e164": "+1212555"}, deny("core.number")),
    ("core.number: premium", {"number.e164": "+19005550123", "number.zones": ["America/New_York"]},
     deny("core.number")),
    ("core.number: emergency", {"number.e164": "+1911", "number.zones": ["America/New_York"]},
     deny("core.number")),
    ("internal do-not-call from tomorrow", {"lists.internal_dnc": "2026-11-24"}, allow()),
    ("internal do-not-call from today", {"lists.internal_dnc": "2026-11-23"}, deny("core.dnc.internal")),
]

WRONG = [  # change, what stderr must name
    ({"now": ABSENT}, "now"),
    ({"now": "2026-11-23"}, "now"),
    ({"now": "2026-11-23T13:00:00"}, "now"),
    ({"campaign.purpose": ABSENT}, "campaign.purpose"),
    ({"campaign.purpose": "sales"}, "campaign.purpose"),
    ({"campaign": ABSENT}, "campaign"),
    ({"number.e164": ABSENT}, "number.e164"),
    ({"number.e164": "not a number"}, "number.e164"),
    ({"number.e164": 12125550123}, "number.e164"),
    ({"number.zones": ["America/Newyork"]}, "number.zones"),
    ({"number.kind": "ordinary"}, "number.kind"),
    ({"colour": "red"}, "colour"),
    ({"campaign.colour": "red"}, "campaign.colour"),
    ({"lists.national_dnc": {"listed": "yes"}}, "lists.national_dnc.listed"),
    ({"lists.national_dnc": {"listed": False, "retrieved": "20.11.2026"}}, "lists.national_dnc.retrieved"),
    ({"consent": {"given": "2026-01-01"}}, "consent"),
    ({"consent": consent(channels=["fax"])}, "consent[0].channels"),
    ({"history": calls("yesterday")}, "history[0].at"),
    ({"history": [{"at": "2026-11-20T10:00:00Z", "outcome": "FAX"}]}, "history[0].outcome"),
    ({"holidays": ["Christmas"]}, "holidays"),
    ({"end_guard_s": -1}, "end_guard_s"),
    ({"end_guard_s": 0.5}, "end_guard_s"),
    ({"packs": ["us-federl"]}, "packs"),
    ({"campaign.house_windows": [{"weekly": {"monday": "09:00-21:00"}}]}, "campaign.house_windows[0].weekly.monday"),
    ({"campaign.house_windows": [{"weekly": {"mon": "21:00-09:00"}}]}, "campaign.house_windows[0].weekly.mon"),
    ({"campaign.window_totals": {"live": -1, "abandoned": 0}}, "campaign.window_totals.live"),
]


def changed(change):
    case = copy.deepcopy(COMMON)
    for path, value in change.items():
        *folders, name = path.split(".")
        inner = case
        for folder in folders:
            inner = inner.setdefault(folder, {})
        if value is ABSENT:
            inner.pop(name, None)
        else:
            inner[name] = copy.deepcopy(value)
    return case


def main():
    good = [{"name": name, "case": changed(change), "expect": expect}
            for name, change, expect in TABLE + CONTRACT]
    wrong = [{"key": key, "case": changed(change)} for change, key in WRONG]
    json.dump({"good": good, "wrong": wrong}, sys.stdout, indent=1, ensure_ascii=False, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
