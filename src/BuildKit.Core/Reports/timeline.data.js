// The report made ready: times, groups and words. Nothing here touches the page.
const el = (tag, attributes, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined && child !== ''));
  return node;
};
const seconds = ms => ms < 0 ? '' : ms > 0 && ms < 95 ? Math.round(ms) + ' ms' : ms < 9950 ? (ms / 1000).toFixed(1) + ' s'
  : ms < 119500 ? Math.round(ms / 1000) + ' s' : Math.floor(ms / 60000) + ' min ' + Math.round(ms % 60000 / 1000) + ' s';
const bytes = count => {
  if (count < 0) return 'not known';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (count >= 999.5 && unit < 4) { count /= 1000; unit++; }
  return count.toFixed(unit === 0 || count >= 9.95 ? 0 : 1) + ' ' + units[unit];
};
const many = (count, one, several) => `${count} ${count === 1 ? one : several || one + 's'}`;

const total = Math.max(1, report.milliseconds, ...report.steps.map(step => Math.max(step.start, step.end)));
const steps = report.steps.map((step, id) => {
  const spans = step.kind === 'cached' || step.start < 0 ? [] : step.spans || [[step.start, step.end < 0 ? total : step.end]];
  const took = spans.reduce((sum, [from, to]) => sum + to - from, 0);
  return { stage: '', platform: '', targets: [], inputs: [], output: [], line: 0, ...step, id, spans, took };
});
const isInstruction = step => step.stage !== '' || /^(?!LINK )[A-Z]+ /.test(step.label);
const full = step => step.instruction || step.label;
const reasons = new Map((report.changes ? report.changes.steps : []).map(change => [change.step, change.reason]));
const slower = new Map((report.changes ? report.changes.slower : []).map(change => [change.step, change.before]));
const failed = report.succeeded ? undefined : steps.find(step => step.kind === 'failed');
const words = {
  run: 'ran', cached: 'from cache', pulled: 'from cache, layers fetched', failed: 'failed', canceled: 'stopped', waiting: 'not begun',
  base: 'base image', internal: 'BuildKit',
};
const percent = value => (100 * value / total).toFixed(3) + '%';

// The system is said only where there are several.
const systems = new Set(steps.filter(step => step.platform).map(step => step.platform.split('/')[0]));
const platformName = step => (systems.size === 1 ? step.platform.replace(/^[^/]*\//, '') : step.platform).replace('->', ' → ');

// Lanes: what comes first, the stages in the Dockerfile's order, and what is made of them; each image and platform by itself.
const groups = new Map();
const after = /^(exporting|pushing|merging|importing to docker|ending buildx|loading the image|reading the result|LINK )/;
const groupOf = step => {
  const target = step.targets.length > 1 ? 'shared' : step.targets[0] || '';
  if (!isInstruction(step)) {
    return !after.test(step.label) ? { key: '!', name: 'loading', order: -1 }
      : target && target !== 'shared' ? { key: target + '~', name: 'result', target, order: 1e5 }
        : { key: '~', name: 'making the result', order: 1e6 };
  }
  const stage = step.stage || 'image', at = report.stages.indexOf(step.stage);
  return { key: [target, stage, step.platform].join('|'), name: stage, target, platform: platformName(step), order: at < 0 ? 1000 : at, stage: true };
};
for (const step of steps) {
  const found = groupOf(step);
  step.group = groups.get(found.key) || { ...found, steps: [], needs: new Set() };
  step.group.steps.push(step);
  groups.set(found.key, step.group);
}
const firstStart = group => Math.min(...group.steps.map(step => step.spans.length ? step.spans[0][0] : Infinity));
const targetOrder = ['', 'shared', ...[...new Set([...groups.values()].map(group => group.target || ''))].sort()];
const ends = (a, b) => a.order < 0 || b.order >= 1e6 ? -1 : b.order < 0 || a.order >= 1e6 ? 1 : 0;
const lanes = [...groups.values()].sort((a, b) => ends(a, b)
  || targetOrder.indexOf(a.target || '') - targetOrder.indexOf(b.target || '') || a.order - b.order
  || (a.platform || '').localeCompare(b.platform || '') || firstStart(a) - firstStart(b));
for (const step of steps) {
  for (const input of step.inputs.map(id => steps[id])) {
    if (input.group !== step.group && input.group.stage && step.group.stage) step.group.needs.add(input.group);
  }
}
lanes.forEach((group, index) => { group.index = index; });
const laneName = group => [group.target, group.name, group.platform].filter(Boolean).join(' ');

const chain = steps.filter(step => step.critical && step.spans.length).sort((a, b) => a.spans[0][0] - b.spans[0][0]);
const rows = steps.filter(step => step.kind !== 'waiting' && (step.spans.length || step.kind === 'cached'));
const waiting = steps.filter(step => step.kind === 'waiting');
const position = step => step.spans.length ? step.spans[0][0] : Math.max(0, step.start);
const spoken = step => `${isInstruction(step) ? laneName(step.group) + ': ' : ''}${step.label}, ${words[step.kind]}`
  + (step.kind === 'cached' ? '' : `, ${seconds(step.took)}, begins at ${seconds(position(step))}`) + (step.critical ? ', on the critical path' : '');
