import { Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '../../ui/Button';
import { PlacePick, type Spot } from '../../ui/PlacePick';
import { withoutCorner, type Draft } from './draft';

interface Props {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onPlace: (spot: Spot) => void;
  error: string | undefined;
}

/** The corners of an area, one after the other: by name, or by a click on the map. */
export function Corners({ draft, onDraft, onPlace, error }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLInputElement>(null);
  const isByKeys = useRef(false);
  const count = draft.corners.length;
  // Each corner has a box of its own, empty at first: whoever types goes on in the next.
  useEffect(() => {
    if (isByKeys.current) box.current?.focus();
    isByKeys.current = false;
  }, [count]);
  return (
    <>
      <PlacePick
        key={count}
        label={t('closures.corner', { number: count + 1 })}
        hint={t('closures.corners_hint')}
        error={error}
        spot={null}
        boxRef={box}
        onSpot={(spot) => {
          isByKeys.current = true;
          onPlace(spot);
        }}
      />
      <ol className="closures__corners">
        {draft.corners.map(({ name }, row) => (
          <li key={`${name} ${row}`}>
            <span className="figures">{row + 1}.</span>
            <span>{name}</span>
            <Button
              icon
              look="quiet"
              aria-label={t('closures.remove_corner', { number: row + 1 })}
              onPress={() => {
                isByKeys.current = true;
                onDraft(withoutCorner(draft, row));
              }}
            >
              <Trash2 size={16} aria-hidden />
            </Button>
          </li>
        ))}
      </ol>
    </>
  );
}
