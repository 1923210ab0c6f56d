"""The EU portal's numeric codes and their names. Data only.

From public facet answers of the portal, state of 2026-08; statuses confirmed 2026-10-06.
An unknown programme code is a finding, not an error; an unknown status breaks the filter.
"""

from __future__ import annotations

STATUSES = {"31094501": "forthcoming", "31094502": "open", "31094503": "closed"}

PROGRAMMES = {
    "43108390": "Horizon Europe (HORIZON)",
    "43152860": "Digital Europe (DIGITAL)",
    "44181033": "European Defence Fund (EDF)",
    "43252405": "LIFE",
    "43252476": "Single Market Programme (SMP)",
    "111111": "EU External Action (PROSPECT)",
    "43298916": "Euratom",
    "43251589": "Citizens, Equality, Rights and Values (CERV)",
    "43251567": "Connecting Europe Facility (CEF)",
    "43251814": "Creative Europe (CREA)",
    "43353764": "Erasmus+",
    "43252449": "Research Fund for Coal and Steel (RFCS)",
    "43254019": "European Social Fund Plus (ESF+)",
    "43637601": "Pilot Projects and Preparatory Actions (PPPA)",
    "44416173": "Interregional Innovation Investments (I3)",
    "43252368": "Internal Security Fund (ISF)",
    "43252386": "Justice Programme",
    "45532249": "EU agencies",
    "43252433": "Pericles IV",
    "43252517": "Social Prerogatives (SOCPL)",
    "43253967": "Renewable Energy Financing Mechanism (RENEWFM)",
    "43254037": "European Solidarity Corps (ESC)",
    "43697167": "European Parliament",
    "43089234": "Innovation Fund",
    "43392145": "European Maritime, Fisheries and Aquaculture Fund (EMFAF)",
    "45876777": "Global Europe (NDICI)",
    "46324255": "ERDF Technical Assistance",
    "43332642": "EU4Health",
    "43298664": "Promotion of Agricultural Products (AGRIP)",
    "31045243": "Horizon 2020",
    "31059643": "COSME",
    "44773066": "Just Transition Mechanism (JTM)",
}

DIVISIONS = {
    "43437872": "Town-Twinning",
    "45033812": "Food",
    "43121068": "Communities and Cities",
    "43121588": "Food Systems",
    "43121598": "Circular Systems",
    "43121083": "Smart Mobility",
    "43121078": "Clean, Safe and Accessible Transport",
    "43120830": "Climate Science and Solutions",
    "43121563": "Food, Bioeconomy, Natural Resources, Agriculture and Environment",
}
