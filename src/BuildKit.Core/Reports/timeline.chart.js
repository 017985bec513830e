// The chart: one axis over lanes (a stage each) and rows (a step each), all on the same scale.
const bar = (tag, step, [from, to], attributes, text) => el(tag, {
  ...attributes, class: ['bar', step.kind, step.critical ? 'critical' : ''].join(' '),
  style: `left:min(${percent(from)},100% - 3px);width:${percent(to - from)};${attributes.style || ''}`,
}, text || '');
const unitOf = wanted => {
  const rough = total / wanted, power = 10 ** Math.floor(Math.log10(rough));
  const units = [1, 2, 5, 10].map(n => n * power).concat(rough > 10000 ? [15000, 30000, 60000, 120000, 300000, 600000] : []);
  return units.filter(n => n >= rough && (n < 60000 || n % 30000 === 0)).sort((a, b) => a - b)[0] || 10 * power;
};
const clock = (at, unit) => at === 0 ? '0' : total < 1000 ? `${Math.round(at)} ms` : unit < 1000 ? `${(at / 1000).toFixed(1)} s` : total < 100000 ? `${at / 1000} s`
  : `${Math.floor(at / 60000)}:${String(Math.round(at % 60000 / 1000)).padStart(2, '0')} min`;
const axis = el('div', { class: 'row axis', 'aria-hidden': 'true' }), grid = el('div', { class: 'row grid', 'aria-hidden': 'true' });
const drawAxis = () => {
  const narrow = innerWidth <= 640, unit = unitOf(narrow ? 4 : 9), ticks = el('div'), rules = el('div');
  for (let at = 0; at <= total; at += unit) {
    rules.append(el('i', { style: `left:${percent(at)}` }));
    if (at / total < (narrow ? .84 : .91)) ticks.append(el('span', { style: `left:${percent(at)}` }, clock(at, unit)));
  }
  ticks.append(el('span', { class: 'last', style: 'left:100%;transform:translateX(-100%);font-weight:600' }, seconds(total)));
  rules.append(el('i', { style: 'left:100%' }));
  axis.replaceChildren(ticks);
  grid.replaceChildren(rules);
};

const height = 20;
const laneRows = lanes.filter(group => group.steps.some(step => step.spans.length || step.kind === 'cached')).map(group => {
  const ends = [], track = el('div', { class: 'track' });
  const worked = group.steps.filter(step => step.spans.length && (step.critical || group.stage || step.took >= total / 400)).sort((a, b) => position(a) - position(b));
  for (const step of worked) {
    // What is loaded beside the path is one row, or a bake would have one for each image.
    let lane = group.key === '!' ? (step.critical ? 0 : 1) : ends.findIndex(end => end <= position(step) + total / 2000);
    if (lane < 0) lane = ends.length;
    ends[lane] = step.spans.at(-1)[1];
    step.y = lane * height + 8;
    for (const span of step.spans) {
      track.append(bar('button', step, span, { type: 'button', tabindex: -1, 'data-go': step.id, title: `${step.label}\n${seconds(step.took)}`, 'aria-label': spoken(step), style: `top:${lane * height}px` },
        (span[1] - span[0]) / total > .05 ? step.label : ''));
    }
  }
  const cached = group.steps.filter(step => step.kind === 'cached').length;
  if (!worked.length && cached) track.append(el('span', { class: 'fromcache' }, `${many(cached, 'step')} from cache`));
  track.style.height = Math.max(1, ends.length) * height - 2 + 'px';
  const needs = [...group.needs].map(other => other.target === group.target ? other.name : laneName(other));
  group.row = el('div', { class: 'row lane' },
    el('div', { class: 'name' }, group.target ? el('span', { class: 'chip' }, group.target) : null, group.stage ? el('b', {}, group.name) : group.name,
      group.platform ? ' ' : null, group.platform ? el('span', { class: 'chip' }, group.platform) : null, needs.length ? el('small', {}, ` after ${[...new Set(needs)].join(', ')}`) : null),
    track, el('div', { class: 'took' }, seconds(group.steps.reduce((sum, step) => sum + step.took, 0))));
  group.track = track;
  return group;
});
const lineArt = svg('svg', { preserveAspectRatio: 'none', 'aria-hidden': 'true' });
const laneBox = el('div', { class: 'lanes', role: 'group', 'aria-label': 'Stages on the time axis, with the critical path. The list below has the same steps.' },
  el('div', { class: 'row lines', 'aria-hidden': 'true' }, el('div')), ...laneRows.map(group => group.row));
laneBox.querySelector('.lines > div').append(lineArt);

// Where lanes stand depends on the window; times do not.
const drawLines = () => {
  const origin = laneBox.getBoundingClientRect().top, whole = laneBox.offsetHeight;
  const top = new Map(laneRows.map(group => [group, group.track.getBoundingClientRect().top - origin]));
  const x = at => (1000 * at / total).toFixed(2), y = step => (top.get(step.group) + step.y).toFixed(1);
  lineArt.setAttribute('viewBox', `0 0 1000 ${whole}`);
  lineArt.replaceChildren();
  const latest = new Map();
  for (const step of steps.filter(one => one.y !== undefined && one.group.stage)) {
    for (const input of step.inputs.map(id => steps[id]).filter(one => one.y !== undefined && one.group.stage && one.kind !== 'base' && one.group !== step.group)) {
      const end = Math.max(...input.spans.map(span => span[1]).filter(at => at <= position(step) + 5)), key = input.group.key + '>' + step.group.key;
      if (end > 0 && !(latest.get(key)?.end >= end)) latest.set(key, { end, input, step });
    }
  }
  for (const { end, input, step } of latest.values()) {
    lineArt.append(svg('path', { class: 'waits', d: `M${x(end)} ${y(input)}V${y(step)}H${x(position(step))}` }));
  }
  const path = chain.filter(step => step.y !== undefined);
  if (!path.length) return;
  const under = step => (Number(y(step)) + 9).toFixed(1);
  lineArt.append(svg('path', { class: 'path', d: path.map((step, index) =>
    `${index ? `H${x(position(step))}V${under(step)}` : `M0 ${under(step)}`}H${x(Math.max(...step.spans.map(span => span[1])))}`).join('') }));
};

const list = el('ol', { class: 'steps', 'aria-label': 'Steps' });
for (const step of rows) {
  step.row = el('li', { id: 'step-' + step.id, class: step.critical ? 'critical' : null },
    el('button', { type: 'button', class: 'step', 'aria-expanded': 'false', 'aria-label': spoken(step), title: step.label },
      el('span', { class: 'name' }, step.targets.length ? el('span', { class: 'chip' }, step.targets.length > 1 ? `${step.targets.length} images` : step.targets[0]) : null,
        step.platform ? el('span', { class: 'chip' }, platformName(step)) : null,
        el('code', {}, step.label), step.stage && lanes.length > 3 ? el('small', {}, step.stage) : null),
      el('span', { class: 'track' }, ...step.spans.map(span => bar('span', step, span, {})), step.kind === 'cached' ? el('span', { class: 'fromcache' }, 'from cache') : null),
      el('span', { class: 'time' }, step.kind === 'cached' ? '' : seconds(step.took))));
}

// Sorting, filtering and folding.
const nothingRan = !rows.some(step => isInstruction(step) && step.kind !== 'cached' && step.kind !== 'base' && step.kind !== 'pulled');
const sort = el('select', { id: 'sort' }, ...[['start', 'start'], ['duration', 'duration'], ['file', 'stage']].map(([value, text]) => el('option', { value }, text)));
const filter = el('input', { type: 'search', placeholder: 'command, stage, platform…', 'aria-label': 'Show only steps with this text' });
const fold = el('select', { id: 'fold' }, ...[[0, 'nothing'], [.005, 'under 0.5 %'], [.01, 'under 1 %'], [.05, 'under 5 %']].map(([value, text]) => el('option', { value }, text)));
fold.value = rows.length > 150 ? .005 : 0;
const withCached = el('input', { type: 'checkbox', id: 'cached', checked: nothingRan });
const shownCount = el('output', { 'aria-live': 'polite' });
const folded = el('p', { class: 'folded', hidden: true });
const key = step => [step.label, step.flags, step.stage, step.platform, step.targets.join(' '), words[step.kind], step.error].join('\n').toLowerCase();
const arrange = () => {
  const text = filter.value.trim().toLowerCase(), limit = Number(fold.value) * total;
  const order = { start: (a, b) => position(a) - position(b) || a.id - b.id, duration: (a, b) => b.took - a.took || a.id - b.id, file: (a, b) => a.group.index - b.group.index || a.id - b.id }[sort.value];
  const quiet = step => !text && step !== failed && !step.critical && step.kind !== 'cached' && (step.took < limit || (!isInstruction(step) || step.kind === 'base') && step.took < Math.max(20, total / 500));
  let hidden = 0, time = 0, visible = 0;
  for (const step of rows) {
    const matches = !text || key(step).includes(text), quietly = matches && quiet(step);
    step.row.hidden = !matches || quietly || (step.kind === 'cached' && !withCached.checked && !text);
    if (quietly) { hidden++; time += step.took; }
    if (!step.row.hidden) visible++;
    laneBox.querySelectorAll(`[data-go="${step.id}"]`).forEach(node => node.classList.toggle('out', !matches));
  }
  list.append(...[...rows].sort(order).map(step => step.row));
  shownCount.value = `${visible} of ${many(rows.length, 'step')}`;
  folded.hidden = !hidden;
  if (hidden) folded.replaceChildren(`${many(hidden, 'short step')} took ${seconds(time)} together. `, el('button', { type: 'button', 'data-all': true }, 'Show all'));
};
const colour = (name, text) => el('li', {}, el('i', { style: `background:var(--${name})` }), text);
const has = kind => rows.some(step => step.kind === kind);
main.append(el('section', { 'aria-labelledby': 'time' }, el('h2', { id: 'time' }, 'Timeline'),
  el('ul', { class: 'legend' }, el('li', {}, el('i', { class: 'path' }), 'critical path: the chain that everything waited for'), has('run') ? colour('run', 'ran (pale: beside the path)') : null,
    has('pulled') ? colour('pulled', 'from cache, layers fetched') : null, colour('internal', 'loading, pulling, exporting'), failed ? colour('failed', 'failed') : null),
  el('div', { class: 'chart' }, grid, axis, laneBox,
    el('div', { class: 'tools' }, el('label', {}, 'Sort by ', sort), el('label', {}, 'Fold ', fold),
      steps.some(step => step.kind === 'cached') ? el('label', {}, withCached, 'cached steps too') : null, filter, shownCount), list, folded)));
