package wording

import (
	"fmt"
	"strconv"
	"time"
)

// Waves is the words of the order of moves, on screen and in change records.
type Waves struct {
	Moved, Waves  Plural
	Downtime      string // time
	NoDowntime    string
	DoneBy        string // day
	Undated       string // how waves get dates
	PersonDays    string // number
	None, NoMoves string
	Pilot         string
	Table         []string // headers
	MoveTable     []string
	Freed         string // wave, hosts
	Rollback      string // wave, words
	Interrupted   string // wave, services with times
	Stop          string
	Legend        string // what the columns mean

	Change      string // number, name of the estate
	Fields      map[string]string
	Normal      string
	Risk        map[string]string
	Why         string // energy saved so far
	Step        string // minutes, workload, from, to, kind, minutes
	StepOff     string // hosts
	Test        string
	Approval    string
	NoService   string
	Summary     string // wave, name, moves
	Kinds       map[string]string
	Months      []string
	Date        string // day, month, year
	Hours, Mins string
}

func englishWaves() Waves {
	return Waves{
		Moved: Plural{"%s move", "%s moves"}, Waves: Plural{"in %s wave", "in %s waves"},
		Downtime: "%s of downtime in all", NoDowntime: "no downtime", DoneBy: "done by %s",
		Undated: "no dates: set waves.start in the policy", PersonDays: "%s person-days",
		None: "This plan gives no order of its moves.", NoMoves: "Nothing moves in this plan.", Pilot: "pilot",
		Table:     []string{"Wave", "Opens", "Takes", "P2V", "Live", "Cold", "Down", "Days", "Off", "Saved"},
		MoveTable: []string{"Wave", "At", "Workload", "From", "To", "How", "Takes", "Down"},
		Freed:     "after wave %s are off: %s", Rollback: "back from wave %s: %s", Interrupted: "wave %s interrupts: %s", Stop: "stop",
		Legend: "Down: services interrupted, their times added up. Days: of people. Off: hosts, by then. Saved: kWh a year from then on.",
		Change: "Change %s: %s",
		Fields: map[string]string{
			"type": "Type", "risk": "Risk", "opens": "Start", "ends": "End", "why": "Reason", "services": "Services interrupted", "items": "Configuration items",
			"steps": "Implementation", "rollback": "Back-out", "test": "Test", "effort": "Effort", "approval": "Approval",
		},
		Normal: "normal change", Risk: map[string]string{"low": "low: nothing is interrupted", "medium": "medium: services are interrupted", "pilot": "low: the pilot, small workloads of little risk"},
		Why: "consolidation: with it %s kWh a year are saved", Step: "minute %s: %s from %s to %s (%s, %s min)", StepOff: "switch off: %s",
		Test: "every workload of this wave runs on its new host, its service answers, its backup is scheduled", Approval: "to be given by the change authority",
		NoService: "none", Summary: "Wave %s%s: %s",
		Kinds:  map[string]string{"p2v": "becomes a guest", "live": "moved running", "cold": "moved switched off"},
		Months: []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		Date:   "%s %s %s", Hours: "%s h", Mins: "%s min",
	}
}

func frenchWaves() Waves {
	return Waves{
		Moved: Plural{"%s déplacement", "%s déplacements"}, Waves: Plural{"en %s vague", "en %s vagues"},
		Downtime: "%s d'interruption en tout", NoDowntime: "sans interruption", DoneBy: "fini le %s",
		Undated: "sans dates : fixez waves.start dans la politique", PersonDays: "%s jours-personne",
		None: "Ce plan ne dit pas l'ordre de ses déplacements.", NoMoves: "Rien n'est déplacé dans ce plan.", Pilot: "pilote",
		Table:     []string{"Vague", "Début", "Durée", "P2V", "Chaud", "Froid", "Arrêt", "Jours", "Éteints", "Évités"},
		MoveTable: []string{"Vague", "À", "Charge", "De", "Vers", "Comment", "Durée", "Arrêt"},
		Freed:     "après la vague %s sont éteints : %s", Rollback: "retour de la vague %s : %s", Interrupted: "la vague %s interrompt : %s", Stop: "étape",
		Legend: "Arrêt : interruption des services, additionnée. Jours : de travail. Éteints : hôtes. Évités : kWh par an dès lors.",
		Change: "Changement %s : %s",
		Fields: map[string]string{
			"type": "Type", "risk": "Risque", "opens": "Début", "ends": "Fin", "why": "Motif", "services": "Services interrompus", "items": "Éléments de configuration",
			"steps": "Mise en œuvre", "rollback": "Retour arrière", "test": "Recette", "effort": "Charge de travail", "approval": "Approbation",
		},
		Normal: "changement normal", Risk: map[string]string{"low": "faible : rien n'est interrompu", "medium": "moyen : des services sont interrompus", "pilot": "faible : le pilote, de petites charges sans grand risque"},
		Why: "consolidation : elle porte l'économie à %s kWh par an", Step: "minute %s : %s de %s vers %s (%s, %s min)", StepOff: "éteindre : %s",
		Test: "chaque charge de cette vague tourne sur son nouvel hôte, son service répond, sa sauvegarde est programmée", Approval: "à donner par l'autorité des changements",
		NoService: "aucun", Summary: "Vague %s%s : %s",
		Kinds:  map[string]string{"p2v": "devient une VM", "live": "déplacée en marche", "cold": "déplacée arrêtée"},
		Months: []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		Date:   "%s %s %s", Hours: "%s h", Mins: "%s min",
	}
}

// Day is a day in words: 26 March 2010.
func (l *Language) Day(t time.Time) string {
	day := strconv.Itoa(t.Day())
	if l.Code == "fr" && day == "1" {
		day = "1er"
	}
	return fmt.Sprintf(l.Waves.Date, day, l.Waves.Months[t.Month()-1], strconv.Itoa(t.Year()))
}

// Stretch is a number of minutes as people say it: 45 min, 3.5 h, 31 h.
func (l *Language) Stretch(minutes float64) string {
	if minutes < 90 {
		return fmt.Sprintf(l.Waves.Mins, l.Number(minutes, 0))
	}
	return fmt.Sprintf(l.Waves.Hours, l.Figures(minutes/60, 2))
}
