import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from './Button';

interface Props<Row> {
  rows: readonly Row[];
  /** So many come at a time: as many as one reads before looking for a filter. */
  step?: number;
  children: (rows: readonly Row[]) => ReactNode;
}

const STEP = 100;

/**
 * The first of very many rows, and more of them as they are asked for.
 *
 * What is there can be found in the page, printed, read aloud and walked by keys: a list that keeps
 * only what is in sight can do none of it.
 */
export function FirstRows<Row>({ rows, step = STEP, children }: Props<Row>) {
  const { t } = useTranslation();
  const [most, setMost] = useState(step);
  const told = useRef<HTMLSpanElement>(null);
  const shown = rows.slice(0, most);
  return (
    <>
      {children(shown)}
      {rows.length > step && (
        <div className="page__more">
          <span ref={told} role="status" tabIndex={-1} className="soft">
            {t('state.part', { shown: shown.length, all: rows.length })}
          </span>
          {rows.length > most && (
            <Button
              onPress={() => {
                setMost(most + step);
                // The button goes with the last of them: the keyboard stays where it was.
                if (most + step >= rows.length) told.current?.focus();
              }}
            >
              {t('action.more')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
