// The rows below the lanes: a step each, sorted, filtered and folded.
const list = el('ol', { class: 'steps', 'aria-label': 'Steps' });
for (const step of rows) {
  step.row = el('li', { id: 'step-' + step.id, class: step.critical ? 'critical' : null },
    el('button', { type: 'button', class: 'step', 'aria-expanded': 'false', 'aria-label': spoken(step), title: step.label },
      el('span', { class: 'name' }, chip(step.targets.length > 1 ? `${step.targets.length} images` : step.targets[0]), chip(platformName(step)),
        el('code', {}, step.label), step.stage && lanes.length > 3 ? el('small', {}, step.stage) : null),
      el('span', { class: 'track' }, ...step.spans.map(span => bar('span', step, span, {})),
        step.kind === 'cached' ? el('span', { class: 'fromcache' }, 'from cache') : null),
      el('span', { class: 'time' }, step.kind === 'cached' ? '' : seconds(step.took))));
}

const nothingRan = !rows.some(step => isInstruction(step) && step.kind !== 'cached' && step.kind !== 'base' && step.kind !== 'pulled');
const select = (id, options) => el('select', { id }, ...options.map(([value, text]) => el('option', { value }, text)));
const sort = select('sort', [['start', 'start'], ['duration', 'duration'], ['file', 'stage']]);
const filter = el('input', { type: 'search', placeholder: 'command, stage, platform…', 'aria-label': 'Show only steps with this text' });
const fold = select('fold', [[0, 'nothing'], [.005, 'under 0.5 %'], [.01, 'under 1 %'], [.05, 'under 5 %']]);
fold.value = rows.length > 150 ? .005 : 0;
const withCached = el('input', { type: 'checkbox', id: 'cached', checked: nothingRan });
const shownCount = el('output', { 'aria-live': 'polite' });
const folded = el('p', { class: 'folded', hidden: true });
const key = step => [step.label, step.flags, step.stage, step.platform, ...step.targets, words[step.kind], step.error].join('\n').toLowerCase();
const inFile = (a, b) => a.group.index - b.group.index || a.line - b.line || position(a) - position(b) || a.id - b.id;
const orders = {
  start: (a, b) => position(a) - position(b) || inFile(a, b),
  duration: (a, b) => b.took - a.took || inFile(a, b),
  file: inFile,
};
let unfolded = false;
const arrange = () => {
  const text = filter.value.trim().toLowerCase(), limit = Number(fold.value) * total;
  const least = step => isInstruction(step) && step.kind !== 'base' ? limit : Math.max(limit, 20, total / 500);
  const quiet = step => !text && !unfolded && step !== failed && !step.critical && step.kind !== 'cached' && step.took < least(step);
  let hidden = 0, time = 0, visible = 0;
  for (const step of rows) {
    const matches = !text || key(step).includes(text), quietly = matches && quiet(step);
    step.row.hidden = !matches || quietly || (step.kind === 'cached' && !withCached.checked && !text);
    if (quietly) { hidden++; time += step.took; }
    if (!step.row.hidden) visible++;
    for (const one of step.bars || []) one.classList.toggle('out', !matches);
  }
  list.append(...[...rows].sort(orders[sort.value]).map(step => step.row));
  shownCount.value = `${visible} of ${many(rows.length, 'step')}`;
  folded.hidden = !hidden;
  const all = el('button', { type: 'button', 'data-all': true }, 'Show all');
  folded.replaceChildren(`${many(hidden, 'short step')} took ${seconds(time)} together. `, all);
};
const colour = (name, text) => el('li', {}, el('i', { style: `background:var(--${name})` }), text);
const has = kind => rows.some(step => step.kind === kind);
main.append(el('section', { 'aria-labelledby': 'time' }, el('h2', { id: 'time' }, 'Timeline'),
  el('ul', { class: 'legend' }, el('li', {}, el('i', { class: 'path' }), 'critical path: the chain that everything waited for'),
    has('run') ? colour('run', 'ran (pale: beside the path)') : null, has('pulled') ? colour('pulled', 'from cache, layers fetched') : null,
    colour('internal', 'loading, pulling, exporting'), failed ? colour('failed', 'failed') : null),
  el('div', { class: 'chart' }, grid, axis, laneBox,
    el('div', { class: 'tools' }, el('label', {}, 'Sort by ', sort), el('label', {}, 'Fold ', fold),
      steps.some(step => step.kind === 'cached') ? el('label', {}, withCached, 'cached steps too') : null, filter, shownCount), list, folded)));
