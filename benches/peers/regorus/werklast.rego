# The workload's rules in Rego. Rego has no "unknown" that a rule can pass on: every condition is told in a word, and every
# score and the verdict are worked out twice, with missing answers at their worst (_van) and at their best (_tot), which is
# exact because no answer is good in one rule and bad in another.
package werklast

import rego.v1

lees := [
	"thema", "gezond", "veilig", "kansrijk", "dichterbij", "kort", "uitgaven", "vertrouwen",
	"eigen_omgeving", "opnames", "lerend", "partners", "omdenken", "gedrag", "kinderen",
	"nulmeting", "evaluatie", "elders", "start", "bedrag",
]

gegeven[naam] := waarde if {
	some naam in lees
	waarde := input.antwoorden[naam].antwoord
	waarde != null
}

punten := {"ja": 24, "deels": 12, "nee": 0}

budget := {
	"onderwijs": {"2020": 100000, "2021": 100000, "2022": 50000},
	"ambulant": {"2020": 160000, "2021": 120000, "2022": 80000},
	"inkoop": {"2020": 40000, "2021": 30000},
}

woord(naam) := object.get(gegeven, naam, "open")

van(naam) := object.get(punten, object.get(gegeven, naam, ""), 0)

tot(naam) := object.get(punten, object.get(gegeven, naam, ""), 24)

# ---- Scores ----

leren(lerend, partners) := 24 if {
	lerend >= 24
	partners >= 3
} else := 12 if {
	lerend >= 12
	partners >= 2
} else := 0

bereik(kinderen) := 24 if {
	kinderen >= 500
} else := 12 if {
	kinderen >= 100
} else := 0

score_van := {
	"stip": ((van("gezond") + van("veilig")) + van("kansrijk")) / 3,
	"doelen": (((van("dichterbij") + van("kort")) + van("uitgaven")) + van("vertrouwen")) / 4,
	"thuis": max([van("eigen_omgeving"), van("opnames")]),
	"leren": leren(van("lerend"), count(object.get(gegeven, "partners", []))),
	"gezondheid": (van("omdenken") + van("gedrag")) / 2,
	"bereik": bereik(object.get(gegeven, "kinderen", 0)),
}

score_tot := {
	"stip": ((tot("gezond") + tot("veilig")) + tot("kansrijk")) / 3,
	"doelen": (((tot("dichterbij") + tot("kort")) + tot("uitgaven")) + tot("vertrouwen")) / 4,
	"thuis": max([tot("eigen_omgeving"), tot("opnames")]),
	"leren": leren(tot("lerend"), count(object.get(gegeven, "partners", [1, 2, 3]))),
	"gezondheid": (tot("omdenken") + tot("gedrag")) / 2,
	"bereik": bereik(object.get(gegeven, "kinderen", 500)),
}

totaal(score) := ((3 * score.stip) + (3 * score.doelen)) + ((2 * score.thuis) + ((2 * score.leren) + ((2 * score.gezondheid) + (2 * score.bereik))))

totaal_van := totaal(score_van)

totaal_tot := totaal(score_tot)

eisen := {"stip": 12, "doelen": 6, "thuis": 12, "leren": 12, "gezondheid": 6, "bereik": 12}

uitkomst(naam) := "gehaald" if {
	score_van[naam] >= eisen[naam]
} else := "niet_gehaald" if {
	score_tot[naam] < eisen[naam]
} else := "open"

# ---- Voorwaarden, uitsluitingen, budget ----

meetbaar := "open" if {
	not gegeven.nulmeting
} else := "niet_vervuld" if {
	gegeven.nulmeting == "geen"
} else := "vervuld"

opbrengst := "open" if {
	not gegeven.evaluatie
} else := "vervuld" if {
	gegeven.evaluatie == "ja"
} else := "niet_vervuld"

te_laat := "open" if {
	not gegeven.start
} else := "ja" if {
	gegeven.start > "2022-06-30"
} else := "nee"

dubbel := "open" if {
	not gegeven.elders
} else := "ja" if {
	gegeven.elders == "ja"
} else := "nee"

ruimte := object.get(budget, [gegeven.thema, substring(gegeven.start, 0, 4)], 0)

boven_budget := "ja" if {
	gegeven.bedrag > ruimte
} else := "nee" if {
	gegeven.bedrag <= ruimte
} else := "open"

# ---- Oordeel en route ----

# In rules of their own: in an `else` branch the virtual machine (0.14.1) leaves the whole rule undefined when the search finds
# nothing, where the interpreter goes on to the next branch.
default tekort_van := false

tekort_van if {
	some naam, eis in eisen
	score_van[naam] < eis
}

default tekort_tot := false

tekort_tot if {
	some naam, eis in eisen
	score_tot[naam] < eis
}

oordeel_van := "afgewezen" if {
	te_laat != "nee"
} else := "afgewezen" if {
	dubbel != "nee"
} else := "afgewezen" if {
	tekort_van
} else := "voldoet" if {
	totaal_van * 10 >= 2352
	meetbaar == "vervuld"
	opbrengst == "vervuld"
} else := "voorwaardelijk" if {
	totaal_van >= 168
} else := "afgewezen"

oordeel_tot := "afgewezen" if {
	te_laat == "ja"
} else := "afgewezen" if {
	dubbel == "ja"
} else := "afgewezen" if {
	tekort_tot
} else := "voldoet" if {
	totaal_tot * 10 >= 2352
	meetbaar != "niet_vervuld"
	opbrengst != "niet_vervuld"
} else := "voorwaardelijk" if {
	totaal_tot >= 168
} else := "afgewezen"

route(oordeel, binnen) := "terug" if {
	oordeel == "afgewezen"
} else := "kwartiermaker" if {
	oordeel == "voldoet"
	binnen
} else := "bestuur"

zelfde(a, b) := a if {
	a == b
} else := "open"

# ---- Antwoord ----

reden := {
	"stip": concat("", ["gezond is ", woord("gezond"), ", veilig is ", woord("veilig"), ", kansrijk is ", woord("kansrijk")]),
	"doelen": concat("", ["dichterbij is ", woord("dichterbij"), ", kort is ", woord("kort"), ", uitgaven is ", woord("uitgaven"), ", vertrouwen is ", woord("vertrouwen")]),
	"thuis": concat("", ["eigen_omgeving is ", woord("eigen_omgeving"), ", opnames is ", woord("opnames")]),
	"leren": sprintf("lerend is %v, partners is %v", [woord("lerend"), partners]),
	"gezondheid": concat("", ["omdenken is ", woord("omdenken"), ", gedrag is ", woord("gedrag")]),
	"bereik": sprintf("kinderen is %v", [woord("kinderen")]),
}

partners := count(gegeven.partners) if {
	gegeven.partners
} else := "open"

criterium(naam) := {
	"naam": naam,
	"score": {"van": score_van[naam], "tot_en_met": score_tot[naam]},
	"uitkomst": uitkomst(naam),
	"reden": reden[naam],
}

antwoord := {
	"oordeel": zelfde(oordeel_van, oordeel_tot),
	"totaal": {"van": totaal_van, "tot_en_met": totaal_tot},
	"route": zelfde(route(oordeel_van, boven_budget == "nee"), route(oordeel_tot, boven_budget != "ja")),
	"criteria": [
		criterium("stip"), criterium("doelen"), criterium("thuis"),
		criterium("leren"), criterium("gezondheid"), criterium("bereik"),
	],
	"voorwaarden": [
		{"naam": "meetbaar", "status": meetbaar},
		{"naam": "opbrengst", "status": opbrengst},
	],
	"uitsluitingen": [
		{"naam": "te_laat", "status": te_laat},
		{"naam": "dubbel", "status": dubbel},
	],
	"signalen": [{"naam": "boven_budget", "status": boven_budget}],
	"ontbreekt": [naam | some naam in lees; not gegeven[naam]],
	"gebruikt": [naam | some naam in lees; gegeven[naam]],
}
