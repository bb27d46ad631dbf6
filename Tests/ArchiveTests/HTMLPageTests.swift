import Discussion
import Testing

@testable import Archive

/// A page as one line a comment: depth, author, date, words.
private func outline(_ html: String) -> [String] {
  guard let post = Archive.read(bytes: Array(html.utf8), path: Array("page.html".utf8)).discussions.first
  else {
    return []
  }
  func text(_ bytes: [UInt8]?) -> String { bytes.map { String(decoding: $0, as: UTF8.self) } ?? "-" }
  var depths: [Int] = []
  return post.comments.map { comment in
    var depth = 0
    if case .comment(let parent) = comment.parent { depth = depths[parent] + 1 }
    depths.append(depth)
    let kind = comment.kind == .comment ? "" : " \(comment.kind)"
    let words = comment.isRemoved ? "(removed)" : text(comment.text.utf8)
    return "\(depth)\(kind) \(text(comment.author)) \(comment.date?.iso8601 ?? "-") \(words)"
  }
}

private func post(_ html: String) -> ParsedDiscussion? {
  Archive.read(bytes: Array(html.utf8), path: Array("page.html".utf8)).discussions.first
}

private func string(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

@Suite("Comments of saved pages, by the markup of engines")
struct HTMLPageTests {
  @Test("WordPress: nested lists, vcards, pingbacks")
  func wordpress() {
    #expect(
      outline(
        """
        <!doctype html><title>P</title><article><div class="entry-content"><p>The post.</p></div></article>
        <div id="comments"><h2>3 thoughts on “P”</h2><ol class="commentlist">
        <li class="comment even depth-1 parent" id="comment-7"><div id="div-comment-7" class="comment-body">
        <div class="comment-author vcard"><img alt='' class='avatar'><cite class="fn"><a class="url" href="http://a.example">Ann</a></cite> <span class="says">says:</span></div>
        <div class="comment-meta commentmetadata"><a href="http://b.example/p#comment-7">July 3, 2011 at 4:05 pm</a></div>
        <p>First <em>words</em>.</p><div class="reply"><a class="comment-reply-link" href="?replytocom=7">Reply</a></div></div>
        <ul class="children"><li class="comment odd depth-2" id="comment-9"><div class="comment-body">
        <div class="comment-author vcard"><cite class="fn">Bob</cite> <span class="says">says:</span></div>
        <div class="comment-meta"><a href="#comment-9">July 4, 2011 at 9:00 am</a></div><p>An answer.</p></div></li></ul></li>
        <li class="pingback even depth-1" id="comment-11"><p>Pingback: <a href="http://c.example/x">Elsewhere</a></p></li>
        </ol></div><p class="nocomments">Comments are closed.</p>
        """) == [
          "0 Ann 2011-07-03T16:05 First words.", "1 Bob 2011-07-04T09:00 An answer.",
          "0 pingback - - Pingback: Elsewhere",
        ])
  }

  @Test("WordPress block themes and time elements")
  func blockTheme() {
    #expect(
      outline(
        """
        <!doctype html><ol class="wp-block-comment-template"><li id="comment-2" class="comment">
        <div class="wp-block-group"><div class="wp-block-comment-author-name">Cy</div>
        <div class="wp-block-comment-date"><time datetime="2025-06-23T09:32:46+02:00"><a href="/x#comment-2">23. Juni</a></time></div></div>
        <div class="wp-block-comment-content"><p>One.</p><p>Two.</p></div></li></ol>
        """) == ["0 Cy 2025-06-23T09:32:46+02:00 One.\n\nTwo."])
  }

  @Test("Hacker News: depth by width, authors beside the words")
  func hackerNews() {
    func row(_ id: Int, _ indent: Int, _ user: String, _ text: String) -> String {
      """
      <tr class="athing comtr" id="\(id)"><td><table border="0"><tr><td class="ind" indent="\(indent)"><img src="s.gif" height="1" width="\(indent * 40)"></td>
      <td class="votelinks"><a id="up_\(id)" href="vote?id=\(id)"><div class="votearrow" title="upvote"></div></a></td>
      <td class="default"><div><span class="comhead"><a href="user?id=\(user)" class="hnuser">\(user)</a> <span class="age" title="2024-05-0\(indent + 1)T10:00:00 1714557600"><a href="item?id=\(id)">on May 1</a></span> <span class="navs">| <a href="#1">next</a></span></span></div>
      <div class="comment"><div class="commtext c00">\(text)</div><div class="reply"><p><font size="1"><u><a href="reply?id=\(id)">reply</a></u></font></div></div></td></tr></table></td></tr>
      """
    }
    #expect(
      outline(
        "<html><body><table class=\"comment-tree\">" + row(1, 0, "ada", "One.<p>More.")
          + row(2, 1, "bob", "Two.")
          + row(3, 2, "cy", "Three.") + row(4, 0, "dee", "Four.") + "</table></body></html>") == [
          "0 ada 2024-05-01T10:00:00 One.\n\nMore.", "1 bob 2024-05-02T10:00:00 Two.",
          "2 cy 2024-05-03T10:00:00 Three.", "0 dee 2024-05-01T10:00:00 Four.",
        ])
  }

  @Test("Reddit, old: things in things, scores, deleted ones")
  func oldReddit() {
    func thing(_ id: String, _ user: String, _ text: String, _ child: String = "") -> String {
      """
      <div class="thing id-t1_\(id) noncollapsed comment" id="thing_t1_\(id)" data-fullname="t1_\(id)"><p class="parent"><a name="\(id)"></a></p><div class="midcol"><div class="arrow up"></div></div>
      <div class="entry unvoted"><p class="tagline"><a href="javascript:void(0)" class="expand">[–]</a>\(user)<span class="score unvoted" title="5">5 points</span> <time title="x" datetime="2015-03-04T05:06:07+00:00">1 year ago</time></p>
      <form class="usertext"><div class="usertext-body"><div class="md"><p>\(text)</p></div></div></form><ul class="flat-list buttons"><li><a href="/p/\(id)">permalink</a></li></ul></div>
      <div class="child"><div class="sitetable listing">\(child)</div></div></div>
      """
    }
    let html =
      "<html><body><div class=\"commentarea\"><div class=\"sitetable nestedlisting\">"
      + thing(
        "a1", "<a href=\"/user/ann\" class=\"author\">ann</a>", "One.",
        thing(
          "a2", "<em>[deleted]</em>", "[deleted]",
          thing("a3", "<a href=\"/user/cy\" class=\"author\">cy</a>", "Three.")))
      + "</div></div></body></html>"
    #expect(
      outline(html) == [
        "0 ann 2015-03-04T05:06:07Z One.", "1 - 2015-03-04T05:06:07Z (removed)",
        "2 cy 2015-03-04T05:06:07Z Three.",
      ])
    #expect(post(html)?.comments.first?.score == 5)
  }

  @Test("Reddit, new: elements of its own")
  func newReddit() {
    #expect(
      outline(
        """
        <html><body><shreddit-comment-tree id="comment-tree"><shreddit-comment author="ann" thingid="t1_x1" depth="0" created="2024-02-03T04:05:06.000000+0000" score="3">
        <div slot="commentMeta"><faceplate-tracker><a href="/user/ann/">ann</a></faceplate-tracker></div><div slot="comment"><p>One.</p></div>
        <shreddit-comment author="bob" thingid="t1_x2" depth="1" created="2024-02-03T05:05:06.000000+0000"><div slot="comment"><p>Two.</p></div></shreddit-comment>
        </shreddit-comment></shreddit-comment-tree></body></html>
        """) == ["0 ann 2024-02-03T04:05:06Z One.", "1 bob 2024-02-03T05:05:06Z Two."])
  }

  @Test("vBulletin 3: tables, words in numbered elements")
  func vBulletin() {
    func table(_ id: Int, _ user: String, _ text: String) -> String {
      """
      <div id="edit\(id)"><table class="tborder" id="post\(id)"><tr><td class="thead"><a name="post\(id)"></a> 0\(id)-13-2010, 05:06 PM</td><td class="thead">#<a href="showpost.php?p=\(id)" id="postcount\(id)">\(id)</a></td></tr>
      <tr><td class="alt2"><div id="postmenu_\(id)"><a class="bigusername" href="member.php?u=\(id)">\(user)</a></div><div class="smallfont">Member</div><div class="smallfont">Join Date: Jan 2004</div></td>
      <td class="alt1" id="td_post_\(id)"><div id="post_message_\(id)">\(text)</div></td></tr></table></div>
      """
    }
    let html =
      "<html><body><div id=\"posts\">" + table(1, "ann", "The post.") + table(2, "bob", "A reply.")
      + table(3, "cy", "Another.") + "</div></body></html>"
    #expect(outline(html) == ["0 bob 2010-02-13T17:06 A reply.", "0 cy 2010-03-13T17:06 Another."])
    #expect(string(post(html)?.author) == "ann" && string(post(html)?.body.utf8) == "The post.")
  }

  @Test("XenForo 1: words in what calls itself a quotation")
  func xenForo() {
    func message(_ id: Int, _ user: String, _ text: String) -> String {
      """
      <li id="post-\(id)" class="message" data-author="\(user)"><div class="messageUserInfo"><h3 class="userText"><a href="members/\(user).\(id)/" class="username">\(user)</a><em class="userTitle">Member</em></h3></div>
      <div class="messageInfo primaryContent"><div class="messageContent"><article><blockquote class="messageText SelectQuoteContainer ugc baseHtml">\(text)</blockquote></article></div>
      <div class="messageMeta"><span class="DateTime" title="Mar 2, 2012 at 5:0\(id) PM">Mar 2, 2012</span> <a href="posts/\(id)/" class="item muted postNumber">#\(id)</a></div></div></li>
      """
    }
    #expect(
      outline(
        "<html><body><ol class=\"messageList\" id=\"messageList\">" + message(1, "ann", "The post.")
          + message(
            2, "bob",
            "<div class=\"bbCodeBlock bbCodeQuote\"><blockquote class=\"quoteContainer\">The post.</blockquote></div>A reply."
          )
          + "</ol></body></html>") == ["0 bob 2012-03-02T17:02 The post.\n\nA reply."])
  }

  @Test("SMF and MyBB: wrappers of posts")
  func otherForums() {
    func smf(_ id: Int, _ user: String, _ text: String) -> String {
      """
      <div class="post_wrapper"><div class="poster"><h4><a href="index.php?action=profile;u=\(id)" title="View the profile of \(user)">\(user)</a></h4><ul class="smalltext"><li class="postcount">Posts: 12</li></ul></div>
      <div class="postarea"><div class="keyinfo"><h5 id="subject_\(id)"><a href="index.php?topic=1.msg\(id)#msg\(id)">Re: Topic</a></h5><div class="smalltext">« <strong>Reply #\(id) on:</strong> March 0\(id), 2010, 10:11:12 AM »</div></div>
      <div class="post"><div class="inner" id="msg_\(id)">\(text)</div></div></div><div class="moderatorbar"><div class="signature">sig</div></div></div>
      """
    }
    #expect(
      outline(
        "<html><body><div id=\"forumposts\">" + smf(1, "ann", "The post.") + smf(2, "bob", "A reply.")
          + "</div></body></html>")
        == ["0 bob 2010-03-02T10:11:12 A reply."])
    func mybb(_ id: Int, _ user: String, _ text: String) -> String {
      """
      <div class="post classic" id="post_\(id)"><div class="post_author"><strong><span class="largetext"><a href="member.php?action=profile&amp;uid=\(id)">\(user)</a></span></strong><div class="author_statistics">Posts: 5<br>Joined: Jan 2009</div></div>
      <div class="post_content"><div class="post_head"><span class="post_date">2013-05-0\(id), 07:08 PM</span></div><div class="post_body scaleimages" id="pid_\(id)">\(text)</div></div></div>
      """
    }
    #expect(
      outline(
        "<html><body><div id=\"posts\">" + mybb(1, "ann", "The post.") + mybb(2, "bob", "A reply.")
          + "</div></body></html>")
        == ["0 bob 2013-05-02T19:08 A reply."])
  }

  @Test("phpBB 2: tables whose words alone have a name")
  func phpBB2() {
    func row(_ id: Int, _ user: String, _ text: String) -> String {
      """
      <tr><td class="row1"><span class="name"><a name="\(id)"></a><b>\(user)</b></span><br><span class="postdetails">Joined: 01 Jan 2005<br>Posts: 10</span></td>
      <td class="row1"><table><tr><td><a href="viewtopic.php?p=\(id)#\(id)"><img src="i.gif" alt="Post"></a><span class="postdetails">Posted: Mon Mar 0\(id), 2010 1:23 pm</span></td></tr><tr><td><span class="postbody">\(text)</span></td></tr></table></td></tr>
      """
    }
    #expect(
      outline(
        "<html><body><table class=\"forumline\">" + row(1, "ann", "The post.") + row(2, "bob", "A reply.")
          + row(3, "cy", "Another.") + "</table></body></html>")
        == ["0 bob 2010-03-02T13:23 A reply.", "0 cy 2010-03-03T13:23 Another."])
  }

  @Test("Blogger: terms and definitions, and threads")
  func blogger() {
    #expect(
      outline(
        """
        <html><body><div class="comments" id="comments"><h4>2 comments:</h4><dl id="comments-block">
        <dt class="comment-author" id="c11"><a name="c11"></a><a href="http://www.blogger.com/profile/1" rel="nofollow">Ann</a> said...</dt>
        <dd class="comment-body"><p>First.</p></dd><dd class="comment-footer"><span class="comment-timestamp"><a href="http://x.example/p.html?showComment=1#c11">June 5, 2010 at 3:04 PM</a></span></dd>
        <dt class="comment-author" id="c12"><a name="c12"></a>Anonymous said...</dt><dd class="comment-body"><p>Second.</p></dd>
        <dd class="comment-footer"><span class="comment-timestamp"><a href="#c12">June 6, 2010 at 3:04 PM</a></span></dd></dl></div></body></html>
        """) == ["0 Ann 2010-06-05T15:04 First.", "0 Anonymous 2010-06-06T15:04 Second."])
  }

  @Test("Drupal: replies in an indented element behind the comment")
  func drupal() {
    #expect(
      outline(
        """
        <html><body><div id="comments"><a id="comment-1"></a><div class="comment"><h3><a href="/c/1#comment-1">Title of it</a></h3><div class="submitted">Submitted by <span class="username">ann</span> on <span class="date">Mon, 2012-03-05 10:11</span>.</div><div class="content"><p>One.</p></div></div>
        <div class="indented"><a id="comment-2"></a><div class="comment"><h3><a href="/c/2#comment-2">Re</a></h3><div class="submitted">Submitted by <span class="username">bob</span> on <span class="date">Tue, 2012-03-06 10:11</span>.</div><div class="content"><p>Two.</p></div></div></div>
        <a id="comment-3"></a><div class="comment"><h3><a href="/c/3#comment-3">Else</a></h3><div class="submitted">Submitted by <span class="username">cy</span> on <span class="date">Wed, 2012-03-07 10:11</span>.</div><div class="content"><p>Three.</p></div></div></div></body></html>
        """) == [
          "0 ann 2012-03-05T10:11 One.", "1 bob 2012-03-06T10:11 Two.", "0 cy 2012-03-07T10:11 Three.",
        ])
  }

  @Test("Disqus as saved: posts that are comments")
  func disqus() {
    func item(_ id: Int, _ user: String, _ text: String, _ children: String = "") -> String {
      """
      <li class="post" id="post-\(id)"><div class="post-content"><div class="avatar"></div><div class="post-body"><header><span class="post-byline"><span class="author publisher-anchor-color"><a href="https://disqus.com/by/\(user)/" data-username="\(user)">\(user)</a></span></span><span class="post-meta"><a href="#comment-\(id)" class="time-ago" title="Friday, June 7, 2013 1:02 AM">2 years ago</a></span></header>
      <div class="post-body-inner"><div class="post-message-container"><div class="post-message"><p>\(text)</p></div></div></div><footer><ul><li class="reply"><a href="#">Reply</a></li></ul></footer></div></div><ul class="children">\(children)</ul></li>
      """
    }
    #expect(
      outline(
        "<html><body><div id=\"disqus_thread\"><ul id=\"post-list\" class=\"post-list\">"
          + item(1, "ann", "One.", item(2, "bob", "Two.")) + item(3, "cy", "Three.")
          + "</ul></div></body></html>")
        == ["0 ann 2013-06-07T01:02 One.", "1 bob 2013-06-07T01:02 Two.", "0 cy 2013-06-07T01:02 Three."])
  }

  @Test("Comments without names of their own, in a list that calls itself comments")
  func unnamed() {
    #expect(
      outline(
        """
        <html><body><ul class="itemCommentsList"><li class="even"><span class="commentDate">Monday, 05 March 2012 10:11</span> <span class="commentAuthorName">posted by Ann</span><p>One.</p></li>
        <li class="odd"><span class="commentDate">Monday, 12 March 2012 10:11</span> <span class="commentAuthorName">posted by Bob</span><p>Two.</p></li></ul></body></html>
        """) == ["0 Ann 2012-03-05T10:11 One.", "0 Bob 2012-03-12T10:11 Two."])
  }

  @Test("Questions and answers")
  func questions() {
    let html = """
      <html><body itemscope itemtype="https://schema.org/QAPage"><div id="question" class="question" itemprop="mainEntity" itemscope itemtype="https://schema.org/Question"><div class="s-prose js-post-body" itemprop="text"><p>Why?</p></div>
      <div class="post-signature owner"><div class="user-info"><div class="user-action-time">asked <span title="2014-02-06 20:37:20Z" class="relativetime">Feb 6</span></div><div class="user-details" itemprop="author" itemscope itemtype="http://schema.org/Person"><a href="/users/1/ann">ann</a></div></div></div>
      <div id="comments-1" class="comments"><ul class="comments-list"><li id="comment-5" class="comment" itemprop="comment" itemscope itemtype="https://schema.org/Comment"><div class="comment-text"><div class="comment-body"><span class="comment-copy" itemprop="text">What for?</span> – <a href="/users/2/bob" class="comment-user">bob</a> <span class="comment-date"><span title="2014-02-07 10:53:03Z, License: CC BY-SA 3.0" class="relativetime-clean">Feb 7</span></span></div></div></li></ul></div></div>
      <div id="answers"><div id="answer-3" class="answer" itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer"><div class="js-vote-count" itemprop="upvoteCount">12</div><div class="s-prose" itemprop="text"><p>Because.</p></div>
      <div class="post-signature"><div class="user-action-time">answered <span title="2014-02-08 01:02:03Z" class="relativetime">Feb 8</span></div><div class="user-details" itemprop="author" itemscope itemtype="http://schema.org/Person"><a href="/users/3/cy">cy</a></div></div>
      <ul class="comments-list"><li id="comment-6" class="comment" itemprop="comment" itemscope itemtype="https://schema.org/Comment"><div class="comment-body"><span class="comment-copy" itemprop="text">I see.</span> – <a href="/users/1/ann" class="comment-user">ann</a> <span title="2014-02-09 10:53:03Z" class="relativetime-clean">Feb 9</span></div></li></ul></div></div></body></html>
      """
    #expect(
      outline(html) == [
        "0 bob 2014-02-07T10:53:03Z What for?", "0 answer cy 2014-02-08T01:02:03Z Because.",
        "1 ann 2014-02-09T10:53:03Z I see.",
      ])
    #expect(string(post(html)?.author) == "ann" && string(post(html)?.body.utf8) == "Why?")
    #expect(post(html)?.comments[1].score == 12)
  }

  @Test("What is no comment of the page is none")
  func none() {
    #expect(
      outline(
        """
        <html><body><main><article class="post" id="post-1"><h2><a href="/one">One thing</a></h2><a rel="author" href="/author/ann">Ann</a> <time datetime="2020-01-01">Jan 1</time><p>Words of one.</p><a href="/one#comments" class="comments-link">3 comments</a></article>
        <article class="post" id="post-2"><h2><a href="/two">Another thing</a></h2><a rel="author" href="/author/ann">Ann</a> <time datetime="2020-01-02">Jan 2</time><p>Words of two.</p></article>
        <article class="post" id="post-3"><h2><a href="/three">A third</a></h2><a rel="author" href="/author/bob">Bob</a> <time datetime="2020-01-03">Jan 3</time><p>Words of three.</p></article></main>
        <aside class="widget widget_recent_comments"><ul id="recentcomments"><li class="recentcomments"><span class="comment-author-link">Cy</span> on <a href="/one#comment-5">One thing</a></li><li class="recentcomments"><span class="comment-author-link">Dee</span> on <a href="/one#comment-6">One thing</a></li></ul></aside>
        <div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form class="comment-form"><p class="comment-form-author"><label>Name</label></p></form></div></body></html>
        """
      ).isEmpty)
  }

  @Test("the head and the post of a page")
  func head() {
    let html = """
      <!doctype html><html lang="de"><head><title>Die &Uuml;berschrift | Seite</title><meta property="og:site_name" content="Seite"><link rel="canonical" href="https://x.example/a"><meta property="article:published_time" content="2019-02-10T18:07:00+01:00"><meta name="author" content="Ann A."></head>
      <body><nav><a href="/">Start</a></nav><h1>Die Überschrift</h1><div class="entry-content"><p>Ein <a href="/b">Wort</a> zum Tag.</p><ul><li>eins</li></ul><div class="sharedaddy"><a href="#">Teilen</a></div></div><a rel="tag" href="/t">Netz</a>
      <div id="comments"><h2>1 Kommentar</h2><ol><li class="comment" id="comment-1"><cite class="fn">Bob</cite> sagt: <span class="comment-date">10. März 2019 um 18:07 Uhr</span><div class="comment-content">Ja.</div></li></ol></div></body></html>
      """
    let found = post(html)
    #expect(string(found?.title) == "Die Überschrift")
    #expect(string(found?.url) == "https://x.example/a")
    #expect(string(found?.author) == "Ann A.")
    #expect(found?.date?.iso8601 == "2019-02-10T18:07:00+01:00")
    #expect(string(found?.body.utf8) == "Ein Wort zum Tag.\n\n• eins")
    #expect(found?.categories.map { string($0) } == ["Netz"])
    #expect(found?.declaredComments == 1)
    #expect(string(found?.comments.first?.nativeID) == "https://x.example/a#comment-1")
    #expect(outline(html) == ["0 Bob 2019-03-10T18:07 Ja."])
  }

  @Test("JSON-LD, where the markup shows no comments")
  func linkedData() {
    let html = """
      <!doctype html><title>T</title><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"BlogPosting","headline":"T","author":{"@type":"Person","name":"Ann"},"datePublished":"2021-02-03T04:05:06Z",
      "comment":[{"@type":"Comment","author":{"name":"Bob"},"dateCreated":"2021-02-04","text":"<p>One &amp; only.</p>","@id":"#c1","comment":[{"@type":"Comment","author":"Cy","text":"Two."}]},{"@type":"Comment","text":"Three."}]}]}</script>
      <article><p>The words of the post are here for all to read.</p></article>
      """
    #expect(outline(html) == ["0 Bob 2021-02-04 One & only.", "1 Cy - Two.", "0 - - Three."])
    #expect(string(post(html)?.author) == "Ann")
    #expect(post(html)?.date?.iso8601 == "2021-02-03T04:05:06Z")
  }

  @Test("messages of mailing lists, one a page")
  func mailArchives() {
    let pipermail = """
      <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN"><HTML><HEAD><TITLE> [list] The subject</TITLE>
      <LINK REL="made" HREF="mailto:list%40x.example?Subject=Re%3A%20The%20subject&In-Reply-To=%3C123%40x.example%3E"></HEAD>
      <BODY><H1>[list] The subject</H1><B>Ann Example</B> <A HREF="mailto:list%40x.example" TITLE="[list]">ann at x.example</A><BR><I>Tue Mar  1 10:11:12 CET 2011</I><P><UL><LI>Previous message: <A HREF="1.html">x</A></UL><HR>
      <!--beginarticle--><PRE>Bob wrote:
      &gt; a question
      &gt; of two lines

      The   answer.
      </PRE><!--endarticle--></BODY></HTML>
      """
    let found = post(pipermail)
    #expect(string(found?.title) == "[list] The subject" && string(found?.author) == "Ann Example")
    #expect(found?.date?.civil.day == 1 && found?.date?.civil.hour == 10)
    #expect(string(found?.nativeID) == "123@x.example")
    #expect(string(found?.body.utf8) == "Bob wrote:\n> a question\n> of two lines\n\nThe   answer.")
    #expect(found?.body.spans.map(\.role) == [.quote])
    let mhonarc = post(
      """
      <!-- MHonArc v2.6.8 --><!doctype html><html><body><h1>Re: Topic</h1><ul><li><em>To</em>: list@x.example</li><li><em>Subject</em>: Re: Topic</li><li><em>From</em>: "Bob B." &lt;<a href="mailto:b@x.example">b@x.example</a>&gt;</li><li><em>Date</em>: Wed, 2 Mar 2011 10:11:12 +0100</li></ul><hr><pre>Words of it.</pre></body></html>
      """)
    #expect(string(mhonarc?.author) == "Bob B." && mhonarc?.date?.iso8601 == "2011-03-02T10:11:12+01:00")
    #expect(string(mhonarc?.title) == "Re: Topic" && string(mhonarc?.body.utf8) == "Words of it.")
  }

  @Test("the address in the comment of a browser that saved the page")
  func savedFrom() {
    let html =
      "<!DOCTYPE html>\n<!-- saved from url=(0025)https://x.example/a/b.html -->\n<html><body><p>Words.</p></body></html>"
    #expect(string(post(html)?.url) == "https://x.example/a/b.html")
  }

  @Test("charsets that pages declare")
  func charset() {
    var bytes = Array(
      "<!doctype html><meta http-equiv=content-type content='text/html; charset=windows-1251'><p>".utf8)
    bytes += [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2]
    let found = Archive.read(bytes: bytes, path: [0x61]).discussions.first
    #expect(string(found?.body.utf8) == "Привет")
    #expect(DeclaredCharset.of(Array("<META charset = \"UTF-8\" />".utf8)).map { string($0) } == "utf-8")
    #expect(
      DeclaredCharset.of(Array("<?xml version='1.0' encoding='koi8-r'?><html>".utf8)).map { string($0) }
        == "koi8-r")
    #expect(DeclaredCharset.of(Array("<p>charset=x".utf8)) == nil)
  }

  @Test("a page cut anywhere is read without a trap, and its parents stand before their replies or are known")
  func truncated() {
    let html = Array(
      """
      <!doctype html><html lang=en><head><title>T</title><link rel=canonical href=http://x.example/></head><body><article><h1>T</h1><p>Body &amp; soul.</p></article>
      <ol class=commentlist><li class="comment depth-1" id=comment-1><cite class=fn>Ann</cite><time datetime=2020-01-02T03:04:05Z>x</time><p>One.</p><ul class=children><li class="comment depth-2" id=comment-2 style="margin-left:20px"><b class=fn>Bob</b> 3/4/2020<div class="comment-content">Two.</div></li></ul></li></ol>
      <div itemprop=comment itemscope itemtype=http://schema.org/Comment data-parent-id=1><span itemprop=author>Cy</span><p itemprop=text>Three.</p></div></body></html>
      """.utf8)
    for end in 0...html.count {
      let found = Archive.read(
        bytes: Array(html[..<end]), path: [0x61], options: ReadingOptions(format: "html"))
      for discussion in found.discussions {
        for comment in discussion.comments {
          if case .comment(let parent) = comment.parent {
            #expect(discussion.comments.indices.contains(parent))
          }
          #expect(!comment.text.utf8.isEmpty || comment.isRemoved)
        }
      }
    }
  }
}
