import {
  commands,
  EventEmitter,
  type ExtensionContext,
  type Range,
  Selection,
  TextEditorRevealType,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type Uri,
  window,
} from 'vscode';
import type { Claim, Outlines, Speaker } from './outline';

type Node = Speaker | Claim;

/** The view "Speakers": who is on record in the article, and for what. */
export function registerSpeakers(context: ExtensionContext, outlines: Outlines): void {
  const changed = new EventEmitter<undefined>();
  const provider: TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => {
      if (node === undefined) {
        return outlines.current?.speakers ?? [];
      }
      return 'claims' in node ? node.claims : [];
    },
    getTreeItem: (node) => ('claims' in node ? speakerItem(node) : claimItem(node, outlines.current?.uri)),
  };
  const view = window.createTreeView('onrecord.speakers', { treeDataProvider: provider });
  context.subscriptions.push(
    changed,
    view,
    outlines.onDidChange(() => changed.fire(undefined)),
    commands.registerCommand('onrecord.revealClaim', reveal),
  );
}

function speakerItem(speaker: Speaker): TreeItem {
  const item = new TreeItem(speaker.name, TreeItemCollapsibleState.Expanded);
  const count = speaker.claims.length;
  item.id = speaker.name.toLowerCase();
  item.description = count === 1 ? '1 claim' : `${count} claims`;
  item.iconPath = new ThemeIcon('account');
  return item;
}

function claimItem(claim: Claim, uri: Uri | undefined): TreeItem {
  const item = new TreeItem(claim.words, TreeItemCollapsibleState.None);
  item.tooltip = claim.cue === '' ? claim.words : `${claim.cue}: ${claim.words}`;
  item.iconPath = new ThemeIcon('comment');
  item.command = { command: 'onrecord.revealClaim', title: 'Go to Claim', arguments: [uri, claim.range] };
  return item;
}

async function reveal(uri: Uri, range: Range): Promise<void> {
  const editor = await window.showTextDocument(uri, { preserveFocus: false });
  editor.selection = new Selection(range.start, range.end);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}
