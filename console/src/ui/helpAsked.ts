/** The key for help stands in the bar; whoever needs help elsewhere on the screen asks for it here. */
const asked = new EventTarget();
const ASKED = 'asked';

export function askForHelp(): void {
  asked.dispatchEvent(new Event(ASKED));
}

/** Be told when help is asked for. Returns how to stop. */
export function onHelpAsked(open: () => void): () => void {
  asked.addEventListener(ASKED, open);
  return () => asked.removeEventListener(ASKED, open);
}
