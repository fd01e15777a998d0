import type { ObstacleCause } from '../link/index.ts';

/** What keeps the agent from its server, in Chinese, with what to do; the page adds what answered. */
export const CHINESE_OBSTACLES: Readonly<Record<ObstacleCause, string>> = {
  // Nothing answers.
  'name-unknown': '本机无法解析服务器的域名，请检查地址、本机网络和域名服务器。',
  'nobody-listens': '该地址没有服务在监听，请检查地址和端口，并确认服务器正在运行。',
  'no-way': '网络不通，请检查本机网络。',
  'address-silent': '该地址没有响应，请检查地址和端口，以及途中的防火墙或需要设置的代理。',
  'broken-off': '该地址未作答复即断开连接，请检查地址和端口，以及途中的防火墙。',
  'not-reached': '无法连接到该地址，请检查地址、代理和网络。',

  // The proxy on the way.
  'proxy-not-reached': '无法连接到代理服务器，请检查代理的地址，并确认代理正在运行且允许本机通过。',
  'proxy-log-in': '代理服务器要求其他用户名和密码，请按 http://USER:PASSWORD@HOST:PORT 填写。',
  'proxy-refuses': '代理服务器拒绝了连接，请联系其管理人员放行本机。',

  // Something answers, and not in TLS or with another certificate.
  'no-tls': '该端口不支持 TLS，请填写 Keyrack 前面提供 TLS 的代理的端口（参见 docs/reverse-proxy.md）。',
  'tls-failed': 'TLS 协商失败，请检查地址中的主机名和 Keyrack 前面代理的 TLS 设置。',
  'certificate-name': '证书与主机名不符，请检查地址；如本网络有登录页面，请先在本机用浏览器登录。',
  'certificate-date': '证书不在有效期内，请在服务器上更新证书，或校准本机时钟。',
  'certificate-unknown':
    '证书的签发者不受本机信任；如为私有 CA，请用 --ca-file 指定其证书，否则请确认服务器提供完整的证书链。',

  // Something answers over HTTP, or what it takes for it.
  'no-upgrade': 'Keyrack 服务器已应答，但其前面的代理没有转发 Upgrade 请求头，请按 docs/reverse-proxy.md 设置代理。',
  redirect:
    '该地址重定向到其他地址，代理程序不跟随重定向，请填写 Keyrack 本身的地址；如本网络有登录页面，请先在本机用浏览器登录。',
  'network-log-in': '本网络要求先登录，请先在本机用浏览器登录。',
  'server-busy': '同时连接服务器的代理程序过多，本代理程序会自动重试。',
  'behind-down':
    '该地址后面的服务器没有运行，请启动 Keyrack 服务器，并检查其前面代理的转发地址（参见 docs/reverse-proxy.md）。',
  'access-refused': '该地址拒绝访问，Keyrack 前面的代理必须放行 /agent 且不另设登录（参见 docs/reverse-proxy.md）。',
  'web-page':
    '该地址返回的是网页，不是 Keyrack，请检查地址和代理设置（参见 docs/reverse-proxy.md）；如本网络有登录页面，请先在本机用浏览器登录。',
  'other-path': '该路径不提供代理程序的连接，请将服务器地址填写为 wss://HOST/agent。',
  'other-server': '该地址应答的是其他服务器，不是 Keyrack，请检查地址和代理设置（参见 docs/reverse-proxy.md）。',
  'not-http': '该端口不是 HTTP 服务，请检查地址和端口。',
  'not-keyrack': '该地址有其他程序的 WebSocket 服务，不是 Keyrack，请检查地址。',

  // A connection that stood.
  'connection-ended': '与服务器的连接已断开，正在重新连接。',
  'server-silent': '长时间未收到服务器的消息，正在重新连接。',
  'no-welcome': '服务器未在规定时间内完成连接，正在重新连接。',
  'not-understood': '无法理解服务器的消息，如再次出现，请更新服务器和代理程序中较旧的一方。',
  'not-acknowledged': '服务器未确认报告，正在重新连接。',
  'journal-replaced': '日志已更换为新日志，正在重新连接。',
  'journal-not-replaced': '日志无法更换，请腾出磁盘空间或修复磁盘。',
  'agent-stops': '代理程序正在停止。',
  sandbox: '沙盒已让本代理程序断开连接，稍后会自动重新连接。',
};
