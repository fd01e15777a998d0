/** Everything of a list, page after page. For lists that a page shows whole, since a house has few of such things. */
export async function allOf<Item>(listed: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of listed) items.push(item);
  return items;
}
