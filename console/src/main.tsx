import '@fontsource-variable/noto-sans-sc';
import './ui/tokens.css';
import './ui/base.css';
import './ui/parts.css';
import './ui/page.css';
import './ui/states.css';

import { createRoot } from 'react-dom/client';

import { App } from './app/App';
import { startMessages } from './i18n';
import { startDensity } from './ui/density';
import { startTheme } from './ui/theme';

// A screen that a newer server no longer has in this build: start over with the new build.
window.addEventListener('vite:preloadError', () => window.location.reload());

startTheme();
startDensity();
await startMessages();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root.');
createRoot(root).render(<App />);
