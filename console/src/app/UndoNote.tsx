import { CircleCheck, Undo2, X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, type FocusEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { OVERTAKEN, useUndo } from '../api/counterSending';
import type { Problem } from '../api/problem';
import { endOffer, type UndoOffer } from '../api/undoing';
import { Button } from '../ui/Button';
import { ProblemNote } from '../ui/states';
import { usePresence } from '../ui/usePresence';
import { isTypedInto } from './typing';
import './undo.css';

/** How long a move is offered to be undone, while nobody points at the offer or is in it. */
const OFFERED_MS = 10_000;

function isUndoKey({ key, ctrlKey, metaKey, altKey, shiftKey, target }: KeyboardEvent): boolean {
  const modified = (ctrlKey || metaKey) && !altKey && !shiftKey;
  return modified && key.toLowerCase() === 'z' && !isTypedInto(target);
}

/** Do something at Ctrl+Z, wherever no text is typed. */
function useUndoKey(take: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!isUndoKey(event)) return;
    event.preventDefault();
    take();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

/** End something in its time, unless somebody is at it. */
function useEnding(end: () => void, isHeld: boolean, stage: string): void {
  const onTime = useEffectEvent(end);
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(() => onTime(), OFFERED_MS);
    return () => clearTimeout(timer);
  }, [isHeld, stage]);
}

/** Gives the focus back to where it came from, if it is in this part of the screen. */
function useGivingBack() {
  const part = useRef<HTMLDivElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const hasFocus = (): boolean => part.current?.contains(document.activeElement) ?? false;
  return {
    part,
    hasFocus,
    cameFrom: ({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>) => {
      if (!currentTarget.contains(relatedTarget)) cameFrom.current = relatedTarget;
    },
    giveBack: () => {
      if (hasFocus() && cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
    },
  };
}

/** Why it was not undone: what the server said, or that somebody changed it again. */
function Refused({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('undo.not_undone')}</p>
      {problem.code === OVERTAKEN ? <p>{t('undo.overtaken')}</p> : <ProblemNote problem={problem} />}
    </>
  );
}

/** What was done, for some seconds with the way back; then what became of that. */
export function UndoNote({ offer }: { offer: UndoOffer }) {
  const { t } = useTranslation();
  const undo = useUndo(offer);
  const { isPresent, presence } = usePresence();
  const { part, hasFocus, cameFrom, giveBack } = useGivingBack();
  const closing = useRef<HTMLButtonElement>(null);
  const isHeld = undo.isPending || undo.isError || (undo.isIdle && isPresent);
  const take = (): void => {
    if (!undo.isIdle) return;
    // The button that was pressed goes: the focus stays in the note.
    if (hasFocus()) closing.current?.focus();
    undo.mutate({ undo: offer.undo, reason: t('undo.reason') });
  };
  const close = (): void => {
    giveBack();
    endOffer(offer.id);
  };
  useUndoKey(take);
  useEnding(close, isHeld, undo.status);
  const said = t(`undo.done.${offer.undo.move}`, { about: offer.undo.about });
  const Picture = undo.isSuccess ? Undo2 : CircleCheck;
  return (
    <div className="undo__note" ref={part} onFocusCapture={cameFrom} {...presence}>
      <div className="undo__line">
        <Picture size={16} aria-hidden />
        <p className="undo__said">{undo.isSuccess ? t('undo.undone', { said }) : said}</p>
        {undo.isIdle && (
          <Button onPress={take} aria-keyshortcuts="Control+Z">
            {t('undo.undo')}
            <kbd aria-hidden>Ctrl+Z</kbd>
          </Button>
        )}
        <Button ref={closing} icon look="quiet" aria-label={t('undo.close')} onPress={close}>
          <X size={14} aria-hidden />
        </Button>
      </div>
      {undo.error !== null && <Refused problem={undo.error} />}
      {undo.isIdle && <span className={`undo__time ${isHeld ? '' : 'undo__time--on'}`} />}
    </div>
  );
}
