import { announce } from './announce.js';
import { askAgent } from './ask-agent.js';
import { drawAttention } from './attention.js';
import { drawConnection } from './connection.js';
import { byId } from './element.js';
import { drawEncoders } from './encoders.js';
import { followDesk } from './live.js';
import { drawMember } from './member.js';
import { drawRecent } from './recent.js';
import { drawUpdates } from './updates.js';
import { TEXTS } from './words.js';

/** @import { DeskState } from '../../desk/index.ts' */

/** @param {DeskState} state */
function draw(state) {
  drawConnection(state.connection);
  drawEncoders(state);
  drawMember(state);
  drawAttention(state);
  drawRecent(state);
  announce(state);
}

byId('language').addEventListener('click', async () => {
  const answer = await askAgent('/language', { chosen: TEXTS.otherLanguage.language });
  if (answer?.status === 204) location.reload();
});

await followDesk(
  (line) => {
    if (line.type === 'state') {
      draw(line.state);
      drawUpdates(line.updates);
    } else drawConnection({ status: 'elsewhere' });
  },
  () => drawConnection({ status: 'no-agent' }),
);
