// The chart: one axis over lanes (a stage each) and, in the next file, rows (a step each), all on the same scale.
const bar = (tag, step, [from, to], attributes, text) => el(tag, {
  ...attributes, class: ['bar', step.kind, step.critical ? 'critical' : ''].join(' '),
  style: `left:min(${percent(from)},100% - 3px);width:${percent(to - from)};${attributes.style || ''}`,
}, text || '');
const unitOf = wanted => {
  const rough = total / wanted, power = 10 ** Math.floor(Math.log10(rough));
  const units = [1, 2, 5, 10].map(n => n * power).concat(rough > 10000 ? [15000, 30000, 60000, 120000, 300000, 600000] : []);
  return units.filter(n => n >= rough && (n < 60000 || n % 30000 === 0)).sort((a, b) => a - b)[0] || 10 * power;
};
const clock = (at, unit) => at === 0 ? '0' : total < 1000 ? `${Math.round(at)} ms` : unit < 1000 ? `${(at / 1000).toFixed(1)} s`
  : total < 100000 ? `${at / 1000} s` : `${Math.floor(at / 60000)}:${String(Math.round(at % 60000 / 1000)).padStart(2, '0')} min`;
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

// How long at least one of some steps worked.
const covered = some => {
  let until = 0, sum = 0;
  for (const [from, to] of some.flatMap(step => step.spans).sort((a, b) => a[0] - b[0])) {
    sum += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return sum;
};
const chip = text => text ? el('span', { class: 'chip' }, text) : null;
const height = 20;
const laneRows = lanes.filter(group => group.steps.some(step => step.spans.length || step.kind === 'cached')).map(group => {
  const ends = [], track = el('div', { class: 'track' });
  const worked = group.steps.filter(step => step.spans.length && (step.critical || group.stage || step.took >= total / 400))
    .sort((a, b) => position(a) - position(b));
  for (const step of worked) {
    // What is loaded beside the path is one row, or a bake would have one for each image.
    let lane = group.key === '!' ? (step.critical ? 0 : 1) : ends.findIndex(end => end <= position(step) + total / 2000);
    if (lane < 0) lane = ends.length;
    ends[lane] = step.spans.at(-1)[1];
    step.y = lane * height + 8;
    const attributes = { type: 'button', tabindex: -1, 'data-go': step.id, title: `${step.label}\n${seconds(step.took)}`, 'aria-label': spoken(step), style: `top:${lane * height}px` };
    step.bars = step.spans.map(span => bar('button', step, span, attributes, (span[1] - span[0]) / total > .05 ? step.label : ''));
    track.append(...step.bars);
  }
  const cached = group.steps.filter(step => step.kind === 'cached').length;
  if (!worked.length && cached) track.append(el('span', { class: 'fromcache' }, `${many(cached, 'step')} from cache`));
  track.style.height = Math.max(1, ends.length) * height - 2 + 'px';
  const needs = [...group.needs].map(other => other.target === group.target ? other.name : laneName(other));
  group.row = el('div', { class: 'row lane' },
    el('div', { class: 'name' }, chip(group.target), group.stage ? el('b', {}, group.name) : group.name,
      group.platform ? ' ' : null, chip(group.platform), needs.length ? el('small', {}, ` after ${[...new Set(needs)].join(', ')}`) : null,
      worked.length && cached ? el('small', {}, ` · ${cached} from cache`) : null),
    track, el('div', { class: 'took' }, worked.length ? seconds(covered(worked)) : ''));
  group.track = track;
  return group;
});
const lineArt = svg('svg', { preserveAspectRatio: 'none', 'aria-hidden': 'true' });
const about = 'Stages on the time axis, with the critical path. The list below has the same steps.';
const laneBox = el('div', { class: 'lanes', role: 'group', 'aria-label': about },
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
  const drawn = steps.filter(one => one.y !== undefined && one.group.stage);
  for (const step of drawn) {
    for (const input of step.inputs.map(id => steps[id]).filter(one => drawn.includes(one) && one.kind !== 'base' && one.group !== step.group)) {
      const end = Math.max(...input.spans.map(span => span[1]).filter(at => at <= position(step) + 5));
      const key = input.group.key + '>' + step.group.key;
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
