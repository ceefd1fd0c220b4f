import { Siren } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { DENIED, Problem } from '../../api/problem';
import { Button } from '../../ui/Button';
import type { Shade } from '../../ui/contrast';
import { Panel } from '../../ui/Panel';
import { Segments } from '../../ui/Segments';
import { DoneNote, Empty, Failed, ProblemNote, Skeleton } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';

const REFUSED = 409;
const MISSING = { permission: 'incident.assign', roles: ['DISPATCHER', 'SUPERVISOR'] };

/** Parts stand there twice: their headings tell them apart. */
interface OfShade {
  shade: Shade;
}

const LOOKS = [undefined, 'main', 'danger', 'quiet'] as const;
const SIZES = ['xxl', 'xl', 'l', 'm', 's', 'xs'] as const;
const SPACES = ['1', '2', '3', '4', '6', '8'] as const;

/** The sizes of type, with Han and Latin letters and figures that keep their columns; and the spaces. */
export function Type({ shade }: OfShade) {
  const { t } = useTranslation();
  return (
    <Panel title={`${t('gallery.type')} · ${t(`theme.${shade}`)}`}>
      {SIZES.map((size) => (
        <p key={size} className="figures" style={{ fontSize: `var(--text-${size})` }}>
          {t('gallery.sample')}
        </p>
      ))}
      <h3>{t('gallery.spaces')}</h3>
      <div className="line-up">
        {SPACES.map((space) => (
          <span key={space} className="gallery__space" style={{ width: `var(--gap-${space})` }} />
        ))}
      </div>
    </Panel>
  );
}

/** Buttons, fields and choices in each of their states. */
export function Controls({ shade }: OfShade) {
  const { t } = useTranslation();
  const [view, setView] = useState<'controls' | 'states'>('controls');
  const [text, setText] = useState('');
  return (
    <Panel title={`${t('gallery.controls')} · ${t(`theme.${shade}`)}`}>
      <div className="stack">
        {LOOKS.map((look) => (
          <div key={look ?? 'plain'} className="line-up">
            <Button {...(look && { look })}>{t('action.retry')}</Button>
            <Button {...(look && { look })} isDisabled>
              {t('gallery.disabled')}
            </Button>
            <span className={`button button--${look ?? 'plain'}`} data-hovered>
              {t('gallery.hovered')}
            </span>
            <span className={`button button--${look ?? 'plain'}`} data-focus-visible>
              {t('gallery.focused')}
            </span>
            <Button {...(look && { look })} icon aria-label={t('action.retry')}>
              <Siren size={16} aria-hidden />
            </Button>
          </div>
        ))}
        <TextInput
          label={t('gallery.pair')}
          hint={t('gallery.hint')}
          value={text}
          onChange={setText}
        />
        <TextInput label={t('gallery.pair')} error={t('gallery.hint')} value="7" />
        <Segments
          label={`${t('gallery.controls')} · ${t(`theme.${shade}`)}`}
          value={view}
          onChange={setView}
          segments={[
            { value: 'controls', text: t('gallery.controls'), count: 12 },
            { value: 'states', text: t('gallery.states') },
          ]}
        />
      </div>
    </Panel>
  );
}

/** What stands where rows would: while they come, when there are none, when they cannot. */
export function States({ shade }: OfShade) {
  const { t } = useTranslation();
  const refused = new Problem({ title: t('gallery.hint') }, REFUSED);
  const denied = new Problem({ title: t('gallery.hint'), facts: MISSING }, DENIED);
  return (
    <Panel title={`${t('gallery.states')} · ${t(`theme.${shade}`)}`}>
      <Skeleton rows={2} />
      <Empty title={t('incidents.none')} />
      <Failed error={refused} retry={() => undefined} />
      <Failed error={denied} retry={() => undefined} />
      <ProblemNote problem={refused} />
      <DoneNote>{t('gallery.sample')}</DoneNote>
    </Panel>
  );
}
