/**
 * Every screen without a server: `npm run stories`.
 *
 * Answers are made from `api/openapi.json` (`stories/`), for the build that people get as for the
 * sources under work. Nothing of it is in the build.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';

import { answerTo, DATA } from '../stories/answers';
import { STORIES_PAGE } from '../stories/page';
import { NOW } from '../stories/times';

const HELLO = 'event: hello\ndata: {}\n\n';

function cookieOf(request: IncomingMessage, name: string): string {
  const cookies = (request.headers.cookie ?? '').split('; ');
  return cookies.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const data = DATA.find((one) => one === cookieOf(request, 'story')) ?? 'small';
  const role = cookieOf(request, 'story-role');
  const address = request.url ?? '';
  const isVisitor = role === '' && address === '/api/v1/session';
  const { status, body } = isVisitor
    ? { status: 401, body: { title: 'Nobody is signed in.', code: 'session.none' } }
    : answerTo({
        method: request.method ?? 'GET',
        address,
        language: request.headers['accept-language']?.startsWith('zh') === true ? 'zh' : 'en',
        data,
        role,
      });
  const head = { 'Content-Type': 'application/json', 'Anlan-Time': NOW, 'Cache-Control': 'no-store' };
  response.writeHead(status, head);
  response.end(body === null ? '' : JSON.stringify(body));
}

/** A picture in the place of every photo. */
const PHOTO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path fill="#789" d="M0 0h4v3H0z"/><path fill="#567" d="M0 3l1.5-2 1 1L4 1v2z"/></svg>`;

/** A stream on which nothing happens. */
function beSilent(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(HELLO);
}

const stand: Connect.NextHandleFunction = (request, response, next) => {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (/\/(?:photos|joint-photos|attachments)\/[^/]+$/u.test(path)) {
    response.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(PHOTO);
  } else if (path.startsWith('/api/')) answer(request, response);
  else if (path === '/stream') beSilent(response);
  else if (path === '/stories' || path === '/') {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(STORIES_PAGE);
  } else if (/^\/(?:city|sw\.js)/u.test(path)) {
    response.writeHead(404).end();
  } else next();
};

/** A plugin that stands in for the server, while developing and before what was built. */
export function stories(): Plugin {
  return {
    name: 'stories',
    configureServer: ({ middlewares }) => void middlewares.use(stand),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(stand),
  };
}
