"""Voice notes as they may be kept: a short sound of a known form, and nothing else in it.

A browser records in a container: WebM or Ogg with Opus, MP4 with AAC or Opus. The container is
recognised by its own first bytes, never by the name that came with it; one that holds pictures is
refused. Sources: RFC 8794 (EBML), RFC 9559 (Matroska), RFC 3533 (Ogg), ISO/IEC 14496-12 (MP4).
"""

from anlan.kernel.errors import InvalidError, TooLargeError

VOICE_LIMIT_BYTES = 1024 * 1024
VOICE_LIMIT_S = 120
_EBML = b"\x1a\x45\xdf\xa3"
_HEAD_BYTES = 4096
_MP4_SOUND = b"hdlr" + bytes(8) + b"soun"
_MP4_PICTURES = b"hdlr" + bytes(8) + b"vide"
_WEBM_PICTURES = (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG", b"V_MS")


def voice_type(uploaded: bytes, *, field: str = "voice") -> str:
    """Return the media type of a voice note, read from its content.

    Raises
    ------
    TooLargeError
        Over `VOICE_LIMIT_BYTES`.
    InvalidError
        No sound recording of a known form, or one with pictures.
    """
    if len(uploaded) > VOICE_LIMIT_BYTES:
        raise TooLargeError(code="voice.too_large", field=field, rule="at_most_1_mb")
    head = uploaded[:_HEAD_BYTES]
    if head.startswith(_EBML) and b"webm" in head[:64] and b"A_OPUS" in head:
        if not any(codec in head for codec in _WEBM_PICTURES):
            return "audio/webm"
    elif head.startswith(b"OggS") and b"OpusHead" in head[:64]:
        return "audio/ogg"
    elif head[4:8] == b"ftyp" and _MP4_SOUND in uploaded and _MP4_PICTURES not in uploaded:
        return "audio/mp4"
    raise InvalidError(code="voice.unreadable", field=field, rule="webm_ogg_or_mp4_sound")
