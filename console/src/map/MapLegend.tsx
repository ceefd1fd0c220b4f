import { Shapes } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '../ui/Button';

const LegendPopover = lazy(async () => ({
  default: (await import('./LegendPopover')).LegendPopover,
}));

/** The key for what the signs on the map mean. */
export function MapLegend({ unitKinds }: { unitKinds: readonly string[] }) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        ref={button}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPress={() => setIsOpen(!isOpen)}
      >
        <Shapes size={16} aria-hidden />
        {t('map.legend')}
      </Button>
      <Suspense>
        {isOpen && (
          <LegendPopover unitKinds={unitKinds} button={button} onClose={() => setIsOpen(false)} />
        )}
      </Suspense>
    </>
  );
}
