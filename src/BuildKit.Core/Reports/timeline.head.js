// Above the chart: what was built, its figures with those of the last builds, and what there is to know.
const main = document.querySelector('main');
document.title = `${report.name}: ${report.succeeded ? seconds(report.milliseconds) : 'failed'}`;
const short = report.digest.slice(0, 19);
main.replaceChildren(el('header', {},
  el('h1', {}, report.name),
  el('span', { class: report.succeeded ? 'badge' : 'badge bad' }, report.succeeded ? 'built' : 'failed'),
  el('p', { class: 'mono' }, [...report.references, short ? `@${short}…` : ''].filter(Boolean).join(' · ')),
  el('p', {}, new Date(report.started).toLocaleString(), report.dockerfile ? ' · ' + report.dockerfile : '')));

const svg = (tag, attributes, ...children) => {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};
// A line of the last builds; without three there is none to see.
const spark = (name, value, show) => {
  const past = report.history.filter(build => build.succeeded && value(build) >= 0);
  if (past.length < 3) return null;
  const values = past.map(value), highest = Math.max(...values), lowest = Math.min(0, ...values), range = highest - lowest || 1;
  const x = at => at * 100 / (values.length - 1), y = at => 24 - 22 * (at - lowest) / range;
  const line = svg('svg', { class: 'spark', viewBox: '0 0 100 26', preserveAspectRatio: 'none', role: 'img',
    'aria-label': `${name} of the last ${past.length} builds: ${values.map(show).join(', ')}` },
    svg('title', {}, `${name} of the last ${past.length} builds: ${values.map(show).join(', ')}`),
    svg('path', { d: values.map((at, index) => `${index ? 'L' : 'M'}${x(index).toFixed(1)} ${y(at).toFixed(1)}`).join('') }));
  return line;
};
const card = (name, value, more, line) => el('div', {}, el('dt', {}, name), el('dd', {}, value, more ? el('small', {}, more) : null, line || null));
const before = report.changes ? report.changes.milliseconds : -1;
const share = build => build.cached + build.run ? Math.round(100 * build.cached / (build.cached + build.run)) : -1;
const fetched = steps.filter(step => step.kind === 'pulled').length;
const wrote = report.cacheWritten.join() === report.cacheRead.join() ? 'the same' : report.cacheWritten.join(', ');
main.append(el('dl', { class: 'totals' },
  card('Time', seconds(report.milliseconds), before > 0 ? `before: ${seconds(before)}` : '', spark('Time', build => build.milliseconds, seconds)),
  card('From cache', `${report.stepsCached} of ${report.stepsCached + report.stepsRun}`,
    `${report.stepsRun} run` + (fetched ? `; layers of ${fetched} fetched` : ''), spark('Cached share', share, value => value + ' %')),
  card('Context sent', bytes(report.contextBytes), '', spark('Context', build => build.contextBytes, bytes)),
  report.size >= 0 ? card('Image', bytes(report.size), report.pushedBytes >= 0 ? `${bytes(report.pushedBytes)} of it new` : '',
    spark('Pushed', build => build.pushedBytes, bytes)) : null,
  card('Caches', report.cacheRead.length ? many(report.cacheRead.length, 'read', 'read') : 'none read',
    [report.cacheRead.join(', '), report.cacheWritten.length ? 'wrote ' + wrote : ''].filter(Boolean).join('; '))));

const shorter = (text, length) => text.length > length ? text.slice(0, length) + '…' : text;
const goTo = step => el('a', { href: '#step-' + step.id, 'data-go': step.id },
  shorter(step.label, 70), step.group.stage && lanes.length > 3 ? ` (${laneName(step.group)})` : '');
const printed = step => step.output.length || step.error
  ? el('pre', { tabindex: 0, 'aria-label': 'Last output' }, (step.output.length ? step.output.slice(-30) : [step.error]).join('\n')) : null;
if (report.notes.length) {
  const remark = note => {
    const step = steps[note.step];
    return el('li', {}, step ? goTo(step) : null, step ? ' ' : null, note.text, step && step === failed ? printed(step) : null);
  };
  main.append(el('section', { 'aria-labelledby': 'why' },
    el('h2', { id: 'why' }, 'What to know'), el('ul', { class: 'notes' }, ...report.notes.map(remark))));
}
if (report.changes && report.changes.files.length) {
  const count = report.changes.files.length + report.changes.moreFiles;
  main.append(el('section', {}, el('details', { open: count <= 6 },
    el('summary', {}, `${many(count, 'input file')} changed since the previous build`),
    el('ul', {}, ...report.changes.files.map(file => el('li', {}, el('code', {}, file.path), ' ' + file.kind)),
      report.changes.moreFiles ? el('li', {}, `and ${report.changes.moreFiles} more`) : null))));
}
