import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { useClosures } from '../../api/onMap';
import { useServerNow } from '../../api/serverClock';
import { useMay } from '../../api/session';
import { Button } from '../../ui/Button';
import { FirstRows } from '../../ui/FirstRows';
import { Panel } from '../../ui/Panel';
import { Empty, Loaded } from '../../ui/states';
import { ClosureRow } from './ClosureRow';
import { inOrder } from './states';

/** What takes the focus when a form that was open is left: the way in again, or what was entered. */
export type Back = 'enter' | 'chosen' | null;

const CLOSURES_AT_A_TIME = 30;

interface Props {
  closures: ReturnType<typeof useClosures>;
  chosenId: string | null;
  back: Back;
  onEnter: () => void;
}

/** What is closed and what will be; the reason of one shows it on the map. */
export function ClosureList({ closures, chosenId, back, onEnter }: Props) {
  const { t } = useTranslation();
  const now_ms = useServerNow();
  const mayClose = useMay('road.close');
  const list = useRef<HTMLDivElement>(null);
  const rows = inOrder(closures.data ?? [], now_ms);
  return (
    <Panel
      title={t('closures.list')}
      count={closures.data && rows.length}
      tools={
        mayClose && (
          <Button look="main" autoFocus={back === 'enter'} onPress={onEnter}>
            {t('closures.enter')}
          </Button>
        )
      }
      flush
    >
      <div ref={list} tabIndex={-1}>
        <Loaded query={closures}>
          {() =>
            rows.length === 0 ? (
              <Empty
                title={t('closures.none')}
                text={t('closures.none_text')}
                {...(mayClose ? { steps: null } : {})}
              />
            ) : (
              <FirstRows rows={rows} step={CLOSURES_AT_A_TIME}>
                {(shown) => (
                  <ul>
                    {shown.map((closure) => (
                      <ClosureRow
                        key={closure.id}
                        closure={closure}
                        now_ms={now_ms}
                        isChosen={closure.id === chosenId}
                        takesFocus={back === 'chosen' && closure.id === chosenId}
                        // The button that was pressed goes with its row: the keyboard stays in the list.
                        onEnded={() => list.current?.focus()}
                      />
                    ))}
                  </ul>
                )}
              </FirstRows>
            )
          }
        </Loaded>
      </div>
    </Panel>
  );
}
