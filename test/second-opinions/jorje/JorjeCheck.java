import apex.common.base.Initializers;
import apex.jorje.data.Location;
import apex.jorje.semantic.ast.modifier.ModifierGroups;
import apex.jorje.semantic.bcl.DmlOperation;
import apex.jorje.semantic.common.TestAccessEvaluator;
import apex.jorje.semantic.common.TestQueryValidators;
import apex.jorje.semantic.common.TestSymbolProvider;
import apex.jorje.semantic.compiler.ApexCompiler;
import apex.jorje.semantic.compiler.CompilationInput;
import apex.jorje.semantic.compiler.CompilerStage;
import apex.jorje.semantic.compiler.Namespace;
import apex.jorje.semantic.compiler.Namespaces;
import apex.jorje.semantic.compiler.SourceFile;
import apex.jorje.semantic.compiler.ValidationSettings;
import apex.jorje.semantic.compiler.sfdc.NoopCompilerProgressCallback;
import apex.jorje.semantic.symbol.member.variable.FieldTable;
import apex.jorje.semantic.symbol.member.variable.MultipleFieldTable;
import apex.jorje.semantic.symbol.member.variable.SObjectFieldInfo;
import apex.jorje.semantic.symbol.member.variable.StandardFieldInfo;
import apex.jorje.semantic.symbol.resolver.SymbolResolver;
import apex.jorje.semantic.symbol.type.GenericTypeInfoFactory;
import apex.jorje.semantic.symbol.type.InternalTypeInfos;
import apex.jorje.semantic.symbol.type.SObjectMetadata;
import apex.jorje.semantic.symbol.type.SObjectMetadata.CustomEntitySObjectType;
import apex.jorje.semantic.symbol.type.SObjectTypeInfo;
import apex.jorje.semantic.symbol.type.TypeInfo;
import apex.jorje.semantic.symbol.type.TypeInfos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import java.util.stream.Stream;

/**
 * Asks Salesforce's own compiler, as it comes in prettier-plugin-apex for that package's parser, what it thinks of sources.
 *
 * <p>{@code java -cp apex-jorje-lsp.jar JorjeCheck.java STUBS OBJECTS SOURCE...}: the folder of class stubs, one folder for each namespace; the
 * table of objects; the sources. Prints one line for each message: file, line, column, text, with tabs between them.
 */
public class JorjeCheck {
  private static final Map<String, TypeInfo> SCALARS =
      Map.ofEntries(
          Map.entry("Blob", TypeInfos.BLOB),
          Map.entry("Boolean", TypeInfos.BOOLEAN),
          Map.entry("Date", TypeInfos.DATE),
          Map.entry("Datetime", TypeInfos.DATE_TIME),
          Map.entry("Decimal", TypeInfos.DECIMAL),
          Map.entry("Double", TypeInfos.DOUBLE),
          Map.entry("Id", TypeInfos.ID),
          Map.entry("Integer", TypeInfos.INTEGER),
          Map.entry("Long", TypeInfos.LONG),
          Map.entry("Time", TypeInfos.TIME));

  public static void main(String[] args) throws IOException {
    LogManager.getLogManager().reset();
    List<SourceFile> sources = new ArrayList<>();
    Platform platform = new Platform();
    try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) sources.add(platform.stub(file));
    }
    platform.readObjects(Path.of(args[1]));
    for (int at = 2; at < args.length; at++) {
      Path file = Path.of(args[at]);
      sources.add(source(file, Namespaces.EMPTY, false, file.getFileName().toString()));
    }
    ValidationSettings all =
        ValidationSettings.builder()
            .setValidationBehavior(ValidationSettings.ValidationBehavior.COLLECT_MULTIPLE_ERRORS)
            .build();
    CompilationInput input =
        new CompilationInput(
            sources, platform, new Access(), new TestQueryValidators.Noop(), null, NoopCompilerProgressCallback.get());
    ApexCompiler compiler = ApexCompiler.builder().setInput(input).setValidationSettings(all).build();
    compiler.compile(CompilerStage.VALIDATE);
    compiler.getCodeUnits().stream()
        .filter(unit -> unit.getSourceFile().getKnownName() != null)
        .forEach(
            unit ->
                unit.getErrors().get().forEach(error -> print(unit.getSourceFile().getKnownName(), error.getLoc(), error.getError())));
  }

  private static void print(String file, Location at, String message) {
    System.out.println(
        String.join("\t", file, String.valueOf(at.getLine()), String.valueOf(at.getColumn()), message.replaceAll("\\s+", " ")));
  }

  private static SourceFile source(Path file, Namespace namespace, boolean isTrusted, String name) throws IOException {
    return SourceFile.builder()
        .setBody(Files.readString(file))
        .setNamespace(namespace)
        .setTrusted(isTrusted)
        .setFileBased(isTrusted)
        .setKnownName(name)
        .build();
  }

  /** Custom metadata and custom settings are visible to every class of the org. */
  private static class Access extends TestAccessEvaluator {
    @Override
    public boolean isSetupEntityVisibleToType(SObjectTypeInfo object, TypeInfo type) {
      return true;
    }
  }

  /** The classes and objects of the platform. */
  private static class Platform extends TestSymbolProvider {
    private final Map<String, String> stubs = new HashMap<>();
    private final Map<String, List<String[]>> objects = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, TypeInfo> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    SourceFile stub(Path file) throws IOException {
      String namespace = file.getParent().getFileName().toString();
      String name = file.getFileName().toString().replace(".cls", "");
      stubs.put((namespace + "/" + name).toLowerCase(), name);
      return source(file, Namespaces.create(namespace), true, null);
    }

    /** Rows of one object follow each other; the first names the object and says what it is. */
    void readObjects(Path table) throws IOException {
      List<String[]> rows = List.of();
      for (String line : Files.readAllLines(table)) {
        String[] row = line.split("\t");
        if (row[0].equals("object")) objects.put(row[1], rows = new ArrayList<>());
        rows.add(row);
      }
    }

    /** The compiler resolves a stub by itself; its own test double of the same name would hide it. */
    @Override
    public TypeInfo find(SymbolResolver resolver, TypeInfo from, String name) {
      return stubs.containsKey(name) ? null : super.find(resolver, from, name);
    }

    @Override
    public TypeInfo getSObjectType(TypeInfo from, String name) {
      if (!objects.containsKey(name)) return null;
      TypeInfo known = types.get(name);
      if (known != null) return known;
      List<String[]> rows = objects.get(name);
      TypeInfo type =
          SObjectTypeInfo.builder()
              .setApexBytecodeName(rows.get(0)[1])
              .setMetadata(metadata(rows.get(0)[2]))
              .setFields(Initializers.memoize(self -> fields(self, rows)))
              .buildResolved();
      types.put(name, type);
      return type;
    }

    private static SObjectMetadata metadata(String kind) {
      CustomEntitySObjectType custom =
          switch (kind) {
            case "customMetadata" -> CustomEntitySObjectType.CUSTOM_METADATA_TYPE;
            case "Hierarchy" -> CustomEntitySObjectType.HIERARCHY_CUSTOM_SETTING;
            case "List" -> CustomEntitySObjectType.LIST_CUSTOM_SETTING;
            default -> CustomEntitySObjectType.OTHER;
          };
      return SObjectMetadata.builder()
          .setTriggerable(true)
          .setEditable(true)
          .setLookupFieldPredicate((field, type) -> true)
          .setSupportedDml(DmlOperation.ALL)
          .setPlatformEvent(kind.equals("event"))
          .setCustomEntitySObjectType(custom)
          .build();
    }

    /** Each field twice: the value of a record, and the token on the object itself. */
    private FieldTable fields(TypeInfo self, List<String[]> rows) {
      FieldTable table = new MultipleFieldTable();
      for (String[] row : rows.subList(1, rows.size())) {
        TypeInfo type = typeOf(self, row[0], row[2]);
        if (type == null) continue;
        SObjectFieldInfo.Category category =
            switch (row[0]) {
              case "parent" -> SObjectFieldInfo.Category.FOREIGN_KEY;
              case "children" -> SObjectFieldInfo.Category.AGGREGATE;
              default -> SObjectFieldInfo.Category.REGULAR;
            };
        table.add(
            SObjectFieldInfo.builder()
                .setName(row[1])
                .setModifiers(ModifierGroups.ONLY_GLOBAL)
                .setDefiningType(self)
                .setType(type)
                .setCategory(category)
                .setColumnInfo(row[0].equals("field"))
                .build());
        if (row[0].equals("field")) {
          table.add(
              StandardFieldInfo.builder()
                  .setName(row[1])
                  .setModifiers(ModifierGroups.GLOBAL_STATIC)
                  .setDefiningType(self)
                  .setType(InternalTypeInfos.SCHEMA_SOBJECT_FIELD)
                  .build());
        }
      }
      return table.resolve();
    }

    private TypeInfo typeOf(TypeInfo self, String kind, String name) {
      TypeInfo type = SCALARS.get(name);
      if (type == null) type = kind.equals("field") ? TypeInfos.STRING : name.equals("SObject") ? TypeInfos.SOBJECT : getSObjectType(self, name);
      return type != null && kind.equals("children") ? GenericTypeInfoFactory.createQueryResultList(type) : type;
    }
  }
}
