package tui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"sobre/planner"
	"sobre/planner/plan"
)

// model is the root: it owns what all screens share and routes messages.
type model struct {
	ctx     context.Context
	config  Config
	look    look
	dark    bool  // the background of the terminal
	habits  State // how the reader likes the screens
	size    struct{ width, height int }
	study   *Study     // nil while it is being read
	view    *view      // of the plan shown
	base    *plan.Plan // as opened, or first made
	work    *work      // nil: nothing runs
	works   int        // number of the last work
	screens [screenCount]screen
	at      screenID
	mode    mode
	note    string // said once, above the footer
	unsaved bool
	failed  error // ends the program
}

// mode is what has the keys besides the screen: the prompt, the help, or the
// question before leaving.
type mode struct {
	prompt *prompt
	help   bool
	asking bool
}

func newModel(ctx context.Context, c Config) *model {
	m := &model{ctx: ctx, config: c, dark: true, habits: c.State, screens: newScreens()}
	m.restore()
	return m
}

// Init asks the terminal for its background and starts reading.
func (m *model) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, m.start(func(n int) func(context.Context, func(tea.Msg)) tea.Msg {
		return openJob(m.config, n)
	}))
}

// start runs a job in place of the one before it.
func (m *model) start(job func(number int) func(context.Context, func(tea.Msg)) tea.Msg) tea.Cmd {
	m.stop()
	m.works++
	m.work = startWork(m.ctx, m.works, job(m.works))
	return m.work.next()
}

func (m *model) stop() {
	if m.work != nil {
		m.work.cancel()
		m.work = nil
	}
}

// solve plans an input in the background.
func (m *model) solve(in planner.Input) tea.Cmd {
	return m.start(func(n int) func(context.Context, func(tea.Msg)) tea.Msg {
		return solveJob(in, m.config.Options, n)
	})
}

// Update routes a message to where it belongs.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.size.width, m.size.height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		m.dark = msg.IsDark()
		m.look = newLook(m.habits.Theme, m.dark)
	case tea.KeyPressMsg:
		return m, m.key(msg)
	case tea.MouseWheelMsg, tea.MouseClickMsg:
		return m, m.mouse(msg)
	case tea.PasteMsg:
		if m.mode.prompt != nil {
			m.mode.prompt.insert(clean(msg.Content))
			m.filterAsTyped()
		}
	case readingMsg, searchingMsg, openedMsg, reopenedMsg, solvedMsg, whereMsg, pricingMsg, pricedMsg, fewerMsg:
		return m, m.report(msg)
	case askWhere, askPrices, askFewer:
		return m, m.ask(msg)
	case goTo:
		m.show(msg)
	case typeCommand:
		m.mode.prompt = &prompt{sign: ":", text: string(msg)}
	case tryPolicy:
		return m, m.try(msg)
	}
	return m, nil
}

// report takes the news of background work.
func (m *model) report(msg tea.Msg) tea.Cmd {
	if m.work == nil {
		return nil
	}
	switch msg := msg.(type) {
	case readingMsg:
		if msg.number == m.work.number {
			m.work.reading = msg.done
			return m.work.next()
		}
	case searchingMsg:
		if msg.number == m.work.number {
			m.work.note(msg.progress)
			return m.work.next()
		}
	case openedMsg:
		if msg.number == m.work.number {
			return m.opened(msg)
		}
	case reopenedMsg:
		if msg.number == m.work.number {
			m.reopened(msg)
		}
	case solvedMsg:
		if msg.number == m.work.number {
			return m.solved(msg)
		}
	case whereMsg:
		return m.answerTo(msg.number, msg)
	case pricingMsg:
		return m.answerTo(msg.number, msg)
	case pricedMsg:
		return m.answerTo(msg.number, msg)
	case fewerMsg:
		return m.answerTo(msg.number, msg)
	}
	return nil
}

// answerTo takes an answer when it is that of the work that runs.
func (m *model) answerTo(number int, msg tea.Msg) tea.Cmd {
	if number != m.work.number {
		return nil
	}
	return m.answer(msg)
}

func (m *model) opened(msg openedMsg) tea.Cmd {
	m.stop()
	if msg.err != nil {
		m.failed = msg.err
		return tea.Quit
	}
	m.study = msg.study
	m.study.opened = msg.study.Input
	if m.study.Plan == nil {
		return m.solve(m.study.Input)
	}
	m.showPlan(m.study.Plan)
	if m.study.Reopen == nil {
		return nil
	}
	return m.start(func(n int) func(context.Context, func(tea.Msg)) tea.Msg { return reopenJob(m.study, n) })
}

// reopened takes what the plan was made from: more is known of its workloads,
// and other policies can be tried.
func (m *model) reopened(msg reopenedMsg) {
	m.stop()
	if msg.err != nil {
		m.note = clean(msg.err.Error())
		return
	}
	m.study.Input, m.study.opened = msg.input, msg.input
	m.showPlan(m.study.Plan)
}

func (m *model) solved(msg solvedMsg) tea.Cmd {
	m.stop()
	if msg.err != nil {
		if m.view == nil {
			m.failed = msg.err
			return tea.Quit
		}
		m.note = clean(msg.err.Error())
		if errors.Is(msg.err, context.Canceled) {
			m.note = m.config.Language.TUI.Stopped
		}
		return nil
	}
	m.unsaved = m.view != nil
	m.study.Input = msg.input
	m.study.Plan = msg.plan
	m.showPlan(msg.plan)
	return nil
}

// showPlan puts a plan on all screens.
func (m *model) showPlan(p *plan.Plan) {
	m.view = newView(p, m.study.Input.Estate)
	if m.base == nil {
		m.base = p
	}
	f := m.frame()
	for _, s := range m.screens {
		if s, ok := s.(interface{ load(frame) }); ok {
			s.load(f)
		}
	}
}

// show follows a jump.
func (m *model) show(to goTo) {
	m.at = to.screen
	if s, ok := m.screens[to.screen].(interface{ pick(string) bool }); ok && to.id != "" {
		s.pick(to.id)
	}
}

// frame is what screens are drawn with: the room between header and footer.
func (m *model) frame() frame {
	var models []string
	if m.study != nil && m.study.Input.Catalogue != nil {
		for i := range m.study.Input.Catalogue.Hosts {
			models = append(models, m.study.Input.Catalogue.Hosts[i].Name)
		}
	}
	return frame{
		models: models,
		width:  m.size.width, height: m.size.height - chrome, look: m.look,
		language: m.config.Language, words: &m.config.Language.TUI, view: m.view, base: m.base, work: m.work,
		triable: m.study != nil && m.study.Input.Estate != nil,
	}
}
