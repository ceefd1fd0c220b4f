/** The page that opens every screen with whatever data, in either language, by day and by night. */
import { DATA } from './answers';
import { addressOf, SCREENS } from './screens';

const ROWS = Object.entries(SCREENS)
  .map(([path, screen]) => {
    const links = DATA.map(
      (data) =>
        `<td><a href="${addressOf(path, screen)}" data-role="${screen.role}" data-story="${data}">${data}</a></td>`,
    );
    return `<tr><th scope="row">${path}</th><td>${screen.role || 'a visitor'}</td>${links.join('')}</tr>`;
  })
  .join('');

const chooser = (name: string, values: readonly string[]): string =>
  `<label>${name} <select name="${name}">${values.map((value) => `<option>${value}</option>`).join('')}</select></label>`;

/** What the page keeps is what the console reads: cookies for the answers, the rest as people choose it. */
const SCRIPT = `
for (const select of document.querySelectorAll('select')) {
  const key = 'anlan.' + select.name;
  select.value = localStorage.getItem(key) ?? select.value;
  const keep = () => localStorage.setItem(key, select.value);
  select.addEventListener('change', keep);
  keep();
}
document.addEventListener('click', ({ target }) => {
  const { story, role } = target.dataset;
  if (!story) return;
  document.cookie = 'story=' + story + '; path=/';
  document.cookie = 'story-role=' + role + '; path=/';
});`;

/** The page as a whole; it is only served while developing, so it needs neither look nor translation. */
export const STORIES_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Stories</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color-scheme: light dark }
  td, th { padding: 0.25rem 1rem 0.25rem 0; text-align: start; font-weight: normal }
  label { margin-inline-end: 1.5rem }
</style>
<h1>Every screen, with every sort of data</h1>
<p>${chooser('language', ['en', 'zh-CN'])}${chooser('theme', ['auto', 'light', 'dark'])}${chooser('density', ['comfortable', 'compact'])}</p>
<table><tr><th>Screen</th><th>As</th>${DATA.map((data) => `<th>${data}</th>`).join('')}</tr>${ROWS}</table>
<script>${SCRIPT}</script>
</html>`;
