// Below the chart, the details of a step, and the keyboard.
const fact = (name, value) => value && value.length ? [el('dt', {}, name), el('dd', {}, value)] : [];
const inputs = report.inputs;
const bases = el('ul', { class: 'notes' }, ...inputs.bases.map(image => el('li', {}, el('code', {}, image.reference + '@' + image.digest))));
main.append(el('section', {}, el('details', {}, el('summary', {}, 'Inputs, caches and result'), el('dl', { class: 'facts', style: 'margin-top:8px' },
  ...fact('Dockerfile', report.dockerfile), ...fact('Context', inputs.context), ...fact('Stage', inputs.target),
  ...fact('Platforms', inputs.platforms.join(', ')), ...(inputs.bases.length ? [el('dt', {}, 'Base images'), el('dd', {}, bases)] : []),
  ...fact('Build arguments', inputs.arguments.join(', ')), ...fact('Named contexts', inputs.namedContexts.join(', ')),
  ...fact('Caches read', report.cacheRead.join(', ')),
  ...fact('Not read', report.cacheNotRead.map(cache => `${cache.reference} (${cache.reason})`).join(', ')),
  ...fact('Caches written', report.cacheWritten.join(', ')), ...fact('Tags', report.references.join(', ')), ...fact('Digest', report.digest)))));
if (report.history.length > 1) {
  const past = build => el('tr', {}, ...[new Date(build.started).toLocaleString(), seconds(build.milliseconds), String(build.cached), String(build.run),
    bytes(build.contextBytes), build.pushedBytes < 0 ? '' : bytes(build.pushedBytes), build.succeeded ? '' : 'failed'].map(text => el('td', {}, text)));
  const names = el('tr', {}, ...['started', 'time', 'cached', 'run', 'context', 'pushed', ''].map(name => el('th', {}, name)));
  main.append(el('section', {}, el('details', {}, el('summary', {}, `The last ${report.history.length} builds`),
    el('div', { class: 'scroll' }, el('table', {}, names, ...[...report.history].reverse().map(past))))));
}
if (waiting.length) {
  main.append(el('section', {}, el('details', {}, el('summary', {}, `${many(waiting.length, 'step')} not begun`),
    el('ul', {}, ...waiting.map(step => el('li', {}, el('code', {}, step.label), step.line ? ` (line ${step.line})` : ''))))));
}
main.append(el('footer', {}, 'Times are BuildKit’s and buildx’s. Arrow keys move through the list, Enter opens a step.'));

const detail = step => {
  const parts = [];
  const row = (name, value) => parts.push(el('dt', {}, name), el('dd', {}, value));
  row('Command', el('pre', {}, full(step)));
  if (step.flags) row('Flags', el('code', {}, step.flags));
  if (step.line) row('Where', el('code', {}, `${report.dockerfile}:${step.line}`));
  if (step.targets.length) row('Images', step.targets.join(', '));
  const share = (100 * step.took / total).toFixed(step.took * 10 < total ? 1 : 0);
  row('When', step.kind === 'cached' ? words.cached
    : `${step.spans.map(([from, to]) => `${seconds(from)} to ${seconds(to)}`).join(', ')}: ${words[step.kind]}, ${seconds(step.took)}, ${share} % of the time`
      + (step.critical ? ', on the critical path' : ''));
  if (slower.has(step.id)) row('Before', `${seconds(slower.get(step.id))} in the previous build`);
  if (reasons.has(step.id)) row('Why it ran', reasons.get(step.id));
  if (step.pulledBytes) row('Layers', `${bytes(step.pulledBytes)} pulled`);
  if (step.parts) row('Of that', el('ul', { class: 'notes' }, ...step.parts.map(part => el('li', {}, `${part.name}: ${seconds(part.took)}`))));
  const needed = step.inputs.map(id => steps[id]).filter(input => input.stage || !isInstruction(input) || input.kind !== 'cached');
  const link = input => el('li', {}, input.row && !input.row.hidden ? goTo(input) : el('code', {}, input.label), ` ${words[input.kind]}`);
  if (needed.length) row('Needs', el('ul', { class: 'notes' }, ...needed.map(link)));
  if (step.error) row('Error', el('pre', {}, step.error));
  const omitted = step.omitted ? `(${many(step.omitted, 'line')} before are in the .report.json)\n` : '';
  if (step.output.length) row('Last output', el('pre', { tabindex: 0 }, omitted + step.output.join('\n')));
  return el('dl', { class: 'detail' }, ...parts);
};
const toggle = (item, open) => {
  const button = item.querySelector('.step'), id = Number(item.id.slice(5)), opened = button.getAttribute('aria-expanded') === 'true';
  if (open === opened) return;
  button.setAttribute('aria-expanded', String(!opened));
  if (opened) item.querySelector('.detail').remove(); else item.append(detail(steps[id]));
};
document.addEventListener('click', event => {
  const go = event.target.closest('[data-go]'), step = event.target.closest('.step');
  if (event.target.closest('[data-all]')) {
    unfolded = true;
    arrange();
  } else if (go) {
    event.preventDefault();
    const item = document.getElementById('step-' + go.dataset.go);
    if (!item) return;
    item.hidden = false;
    toggle(item, true);
    item.querySelector('.step').focus({ preventScroll: true });
    item.scrollIntoView({ block: 'nearest' });
  } else if (step) toggle(step.parentElement);
});
list.addEventListener('keydown', event => {
  const all = [...list.querySelectorAll(':scope > li:not([hidden]) > .step')], at = all.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (at >= 0 && next !== undefined && all[next]) { event.preventDefault(); all[next].focus(); }
});
for (const tool of [sort, fold, withCached]) tool.addEventListener('change', () => { unfolded &&= tool !== fold; arrange(); });
filter.addEventListener('input', arrange);
const draw = () => { drawAxis(); drawLines(); };
addEventListener('resize', draw);
arrange();
draw();
