import { useTranslation } from 'react-i18next';

import { seenFor } from '../../api/purpose';
import type { Attachment } from '../../api/types';
import { Panel } from '../../ui/Panel';
import { When } from '../../ui/When';

function Content({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation();
  const { id, kind, call_sign: unit } = attachment;
  const address = seenFor(`/api/v1/attachments/${id}`);
  if (kind === 'PHOTO') return <img src={address} alt={t('attachment.photo_alt', { unit })} />;
  const seconds = attachment.seconds ?? 0;
  return (
    // A note is not written down, so it has no captions; the timeline says who spoke and when.
    <audio
      controls
      preload="none"
      src={address}
      aria-label={t('attachment.voice_label', { unit, seconds })}
    />
  );
}

/** What crews photographed and said at the scene, the newest first. */
export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  const { t } = useTranslation();
  if (attachments.length === 0) return null;
  return (
    <Panel title={t('attachment.title')} count={attachments.length}>
      <div className="scene">
        {attachments.toReversed().map((attachment) => (
          <figure key={attachment.id}>
            <Content attachment={attachment} />
            <figcaption className="soft">
              {attachment.call_sign} ·{' '}
              {attachment.kind === 'VOICE' &&
                `${t('attachment.voice', { seconds: attachment.seconds ?? 0 })} · `}
              <When at={attachment.told_at ?? attachment.added_at} />
            </figcaption>
          </figure>
        ))}
      </div>
    </Panel>
  );
}
