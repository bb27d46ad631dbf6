import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.util.CharTokenizer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene: positions indexed, text not stored, one segment, no query cache; runs of letters and digits in
 * lowercase are words, as elsewhere in this suite. `build TABLE FOLDER [LIMIT]` or
 * `query FOLDER QUERIES SECONDS`; JSON on standard output. Times are CPU times of the thread, the best of
 * three after two rounds or more to warm up the compiler.
 */
public final class LucenePeer {
  static final class Words extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer words = CharTokenizer.fromTokenCharPredicate(Character::isLetterOrDigit);
      return new TokenStreamComponents(words, new LowerCaseFilter(words));
    }
  }

  public static void main(String[] arguments) throws Exception {
    System.out.println(arguments[0].equals("build") ? build(arguments) : queries(arguments));
  }

  static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  static String head() {
    return String.format("{\"engine\":\"Lucene\",\"version\":\"%s, Java %s\"", Version.LATEST, Runtime.version());
  }

  static String build(String[] arguments) throws Exception {
    int limit = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
    Path folder = Path.of(arguments[2]);
    long cpu = cpu(), wall = System.nanoTime();
    IndexWriterConfig config = new IndexWriterConfig(new Words());
    config.setRAMBufferSizeMB(1000).setUseCompoundFile(false);
    FieldType type = new FieldType(TextField.TYPE_NOT_STORED);
    type.freeze();
    try (IndexWriter writer = new IndexWriter(new MMapDirectory(folder), config)) {
      java.util.concurrent.ArrayBlockingQueue<List<String>> queue = new java.util.concurrent.ArrayBlockingQueue<>(16);
      Thread[] threads = new Thread[2];
      Exception[] failed = new Exception[1];
      for (int place = 0; place < threads.length; place++) {
        threads[place] = new Thread(() -> {
          try {
            Document document = new Document();
            Field field = new Field("text", "", type);
            document.add(field);
            for (List<String> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
              for (String text : batch) {
                field.setStringValue(text);
                writer.addDocument(document);
              }
            }
          } catch (Exception failure) {
            failed[0] = failure;
          }
        });
        threads[place].start();
      }
      try (BufferedReader table = table(arguments[1])) {
        List<String> batch = new ArrayList<>();
        int number = 0;
        for (String line = table.readLine(); line != null && (limit <= 0 || number < limit); line = table.readLine()) {
          batch.add(text(line));
          number++;
          if (batch.size() == 500) {
            queue.put(batch);
            batch = new ArrayList<>();
          }
        }
        if (!batch.isEmpty()) queue.put(batch);
      }
      for (int place = 0; place < threads.length; place++) queue.put(new ArrayList<>());
      for (Thread thread : threads) thread.join();
      if (failed[0] != null) throw failed[0];
      writer.forceMerge(1);
      writer.commit();
    }
    double spent = (cpu() - cpu) / 1e9, took = (System.nanoTime() - wall) / 1e9;
    cpu = cpu();
    long characters = 0;
    int count = 0;
    try (BufferedReader table = table(arguments[1])) {
      for (String line = table.readLine(); line != null && (limit <= 0 || count < limit); line = table.readLine()) {
        characters += text(line).length();
        count++;
      }
    }
    double reading = (cpu() - cpu) / 1e9;
    long bytes = 0;
    try (var files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) bytes += Files.size(file);
    }
    return String.format(Locale.ROOT,
        "%s,\"build\":{\"cpu\":%.3f,\"wall\":%.3f,\"peak\":%d},\"readingCPU\":%.3f,\"indexBytes\":%d,\"documents\":%d,\"textBytes\":%d}",
        head(), spent, took, Runtime.getRuntime().totalMemory(), reading, bytes, count, characters);
  }

  static BufferedReader table(String path) throws Exception {
    return new BufferedReader(new InputStreamReader(new FileInputStream(path), StandardCharsets.UTF_8), 1 << 20);
  }

  static String text(String line) {
    int at = -1;
    for (int field = 0; field < 4; field++) at = line.indexOf('\t', at + 1);
    return line.substring(at + 1);
  }

  static Query query(String kind, String[] words) {
    switch (kind) {
      case "term": case "stop": return term(words[0]);
      case "fuzzy1": return new FuzzyQuery(new Term("text", words[0]), 1, 0, 1000, true);
      case "phrase2": case "phrase3": return new PhraseQuery("text", words);
      default:
    }
    boolean isOpen = kind.equals("prefix") || kind.equals("typed") || kind.equals("letters");
    if (isOpen && words.length == 1) return new PrefixQuery(new Term("text", words[0]));
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    BooleanClause.Occur occur = kind.startsWith("or") ? BooleanClause.Occur.SHOULD : BooleanClause.Occur.MUST;
    for (int place = 0; place < words.length; place++) {
      boolean isBeginning = isOpen && place == words.length - 1;
      all.add(isBeginning ? new PrefixQuery(new Term("text", words[place])) : term(words[place]), occur);
    }
    return all.build();
  }

  static Query term(String word) {
    return new TermQuery(new Term("text", word));
  }

  static long run(IndexSearcher searcher, String mode, String kind, String[] words) throws Exception {
    Query query = query(kind, words);
    switch (mode) {
      case "ranked": return searcher.search(query, 10).scoreDocs.length;
      case "first": return searcher.search(new ConstantScoreQuery(query), 10).scoreDocs.length;
      default: return searcher.count(query);
    }
  }

  static String queries(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    double budget = Double.parseDouble(arguments[3]);
    Map<String, List<String[]>> classes = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of(arguments[2]))) {
      String[] parts = line.split("\t");
      classes.computeIfAbsent(parts[0], kind -> new ArrayList<>()).add(parts[1].split(" "));
    }
    var threads = ManagementFactory.getThreadMXBean();
    StringBuilder json = new StringBuilder(head()).append(",\"classes\":{");
    try (DirectoryReader reader = DirectoryReader.open(new MMapDirectory(folder))) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setQueryCache(null);
      String separator = "";
      for (var entry : classes.entrySet()) {
        json.append(separator).append("\"").append(entry.getKey()).append("\":{");
        separator = "";
        for (String mode : new String[] {"ranked", "first", "count"}) {
          long warm = threads.getCurrentThreadCpuTime() + 1_500_000_000L;
          for (int round = 0; round < 2 || threads.getCurrentThreadCpuTime() < warm; round++) {
            long end = threads.getCurrentThreadCpuTime() + (long) (budget * 0.5e9);
            for (String[] words : entry.getValue()) {
              if (threads.getCurrentThreadCpuTime() > end) break;
              run(searcher, mode, entry.getKey(), words);
            }
          }
          List<String> times = new ArrayList<>(), counts = new ArrayList<>();
          int skipped = 0;
          long end = threads.getCurrentThreadCpuTime() + (long) (budget * 1e9);
          for (String[] words : entry.getValue()) {
            if (threads.getCurrentThreadCpuTime() > end) {
              skipped++;
              continue;
            }
            long best = Long.MAX_VALUE, result = 0;
            for (int repeat = 0; repeat < 3; repeat++) {
              long begun = threads.getCurrentThreadCpuTime();
              result = run(searcher, mode, entry.getKey(), words);
              long took = threads.getCurrentThreadCpuTime() - begun;
              best = Math.min(best, took);
              if (took > 200_000_000L) break;
            }
            times.add(String.format(Locale.ROOT, "%.2f", best / 1e3));
            if (mode.equals("count")) counts.add(Long.toString(result));
          }
          json.append(separator).append("\"").append(mode).append("\":{\"microseconds\":[")
              .append(String.join(",", times)).append("],\"counts\":[").append(String.join(",", counts))
              .append("],\"skipped\":").append(skipped).append("}");
          separator = ",";
        }
        json.append("}");
        separator = ",";
      }
    }
    return json.append("}}").toString();
  }
}
