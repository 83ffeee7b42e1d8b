// What a machine can see of the page as it is laid out now. Answers { findings: [{check, place, what}], texts: [..] }.
const root = [...document.querySelectorAll('dialog[open]')].pop() || document.body;
const findings = [], texts = new Set();
const short = text => text.trim().replace(/\s+/g, ' ').slice(0, 60);
const place = element => {
  const owner = element.closest('[data-testid]');
  const id = owner ? owner.dataset.testid.replace(/\d+/g, 'N') : '';
  const own = element.tagName.toLowerCase() + [...element.classList].map(name => '.' + name).join('');
  return id ? `${id} ${own}` : own;
};
const say = (check, element, what) => findings.push({ check, place: place(element), what });
const hidden = element => !element.checkVisibility({ visibilityProperty: true }) || element.closest('.sr-only, .skip, [hidden]')
  || getComputedStyle(element).clipPath === 'inset(50%)';
const near = 1.5;

// The page itself and its frame do not scroll sideways, and the frame cuts nothing.
for (const element of [document.documentElement, ...document.querySelectorAll('main, .bar, .nav, dialog[open], dialog[open] > .inside')]) {
  if (element.scrollWidth > element.clientWidth + near) say('scrolls sideways', element, `${element.scrollWidth} in ${element.clientWidth}`);
}
if (document.documentElement.scrollHeight > innerHeight + near) say('the window scrolls', document.documentElement, '');

const boxOf = element => { const box = element.getBoundingClientRect(); return { left: box.left, right: box.right, top: box.top, bottom: box.bottom }; };
const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const text = node.data.trim(), element = node.parentElement;
  if (!text || !element || element.closest('script, style, option, [aria-hidden="true"]')) continue;
  if (!element.checkVisibility({ visibilityProperty: true })) continue;
  // The names of data are nobody's language.
  if (!element.closest('[translate="no"], .id')) texts.add(text);
  if (hidden(element)) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  const lines = [...range.getClientRects()].filter(line => line.width > 0.5);
  if (!lines.length) continue;
  const [left, right] = [Math.min(...lines.map(line => line.left)), Math.max(...lines.map(line => line.right))];
  const [top, bottom] = [Math.min(...lines.map(line => line.top)), Math.max(...lines.map(line => line.bottom))];
  let inSight = true, said = false;
  for (let around = element; around && around !== document.documentElement; around = around.parentElement) {
    const style = getComputedStyle(around), box = boxOf(around);
    if (style.display === 'inline' || style.display === 'contents') continue;
    const clips = axis => ['hidden', 'clip'].includes(style['overflow' + axis]);
    const scrolls = axis => ['auto', 'scroll'].includes(style['overflow' + axis]);
    const beyondX = left < box.left - near || right > box.right + near, beyondY = top < box.top - near || bottom > box.bottom + near;
    if (!said && beyondX && clips('X') && !element.closest('[title]')) { say('cut', element, short(text)); said = true; }
    if (!said && beyondY && clips('Y')) { say('cut below', element, short(text)); said = true; }
    if (!said && beyondX && !clips('X') && !scrolls('X')) { say('spills', element, short(text)); said = true; }
    if ((scrolls('X') && beyondX) || (scrolls('Y') && beyondY)) inSight = false;
    if (beyondX && clips('X') || beyondY && clips('Y')) inSight = false;
    if (scrolls('X') || scrolls('Y')) break;
    if (around === root || style.position === 'fixed') break;
  }
  for (let around = element; inSight && around; around = around.parentElement) {
    const style = getComputedStyle(around), box = boxOf(around);
    if (/auto|scroll|hidden|clip/.test(style.overflow) && style.display !== 'inline'
      && (left < box.left - near || right > box.right + near || top < box.top - near || bottom > box.bottom + near)) inSight = false;
  }
  if (inSight) {
    const line = lines[0], hit = document.elementFromPoint((line.left + line.right) / 2, (line.top + line.bottom) / 2);
    const related = hit && (hit === element || hit.contains(element) || element.contains(hit) || hit.closest('label') === element.closest('label') && element.closest('label'));
    const stays = hit && hit.closest('*') && (() => { for (let around = hit; around; around = around.parentElement) if (['sticky', 'fixed'].includes(getComputedStyle(around).position)) return true; return false; })();
    const filebox = hit && hit.matches('input[type=file]');
    if (hit && !related && !stays && !filebox) say('covered', element, `${short(text)} by ${place(hit)}`);
  }
}

// What a field shows fits into it.
const brush = document.createElement('canvas').getContext('2d');
for (const field of root.querySelectorAll('input, select')) {
  if (hidden(field)) continue;
  const style = getComputedStyle(field);
  brush.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const chosen = field.tagName === 'SELECT' ? (field.selectedOptions[0]?.textContent || '') : (field.placeholder || '');
  const arrow = field.tagName === 'SELECT' ? 18 : 0;
  const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
  if (chosen && brush.measureText(chosen.trim()).width > room + near) say('cut in a field', field, short(chosen));
}

for (const element of root.querySelectorAll('[aria-label], [title], [placeholder], [alt], option')) {
  if (!element.checkVisibility && element.tagName !== 'OPTION') continue;
  for (const name of ['aria-label', 'title', 'placeholder', 'alt']) if (element.getAttribute(name)) texts.add(element.getAttribute(name).trim());
  if (element.tagName === 'OPTION') texts.add(element.textContent.trim());
}
return { findings, texts: [...texts], overlay: root === document.body ? '' : root.dataset.testid };
