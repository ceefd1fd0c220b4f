import { Layers } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '../ui/Button';
import { useChosenLayers } from './layerChoice';

const LayersPanel = lazy(async () => ({ default: (await import('./LayersPanel')).LayersPanel }));

/** Choose what the map shows besides incidents and units. */
export function LayersButton({ unitKinds }: { unitKinds: readonly string[] }) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const count = useChosenLayers().length;
  return (
    <>
      <Button
        ref={button}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPress={() => setIsOpen(!isOpen)}
      >
        <Layers size={16} aria-hidden />
        {t('map.layers')}
        {count > 0 && <span className="count">{count}</span>}
      </Button>
      <Suspense>
        {isOpen && (
          <LayersPanel unitKinds={unitKinds} button={button} onClose={() => setIsOpen(false)} />
        )}
      </Suspense>
    </>
  );
}
