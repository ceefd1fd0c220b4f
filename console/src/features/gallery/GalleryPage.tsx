import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { DENSITIES, useDensity } from '../../ui/density';
import { Segments } from '../../ui/Segments';
import { Charts } from './Charts';
import { Colours } from './Colours';
import './gallery.css';
import { Marks } from './Marks';
import { Controls, States, Type } from './Parts';

const SHADES = ['light', 'dark'] as const;

/** What screens are made of, each part with its states, by day and by night side by side. */
export function GalleryPage() {
  const { t } = useTranslation();
  const [density, setDensity] = useState(useDensity());
  return (
    <div className="page page--long">
      <div className="page__head">
        <h1>{t('gallery.title')}</h1>
        <Segments
          label={t('shell.density')}
          value={density}
          onChange={setDensity}
          segments={DENSITIES.map((value) => ({ value, text: t(`density.${value}`) }))}
        />
      </div>
      <div className="gallery">
        {SHADES.map((shade) => (
          <section
            key={shade}
            className="gallery__side"
            data-theme={shade}
            data-density={density}
            aria-label={t(`theme.${shade}`)}
          >
            <h2>{t(`theme.${shade}`)}</h2>
            <Marks shade={shade} />
            <Controls shade={shade} />
            <Type shade={shade} />
            <States shade={shade} />
            <Charts shade={shade} />
            <Colours shade={shade} />
          </section>
        ))}
      </div>
    </div>
  );
}
