package app.mailroom.ui.account;

import app.mailroom.model.AllowedDomain;
import app.mailroom.model.Invitation;
import app.mailroom.model.Member;
import app.mailroom.model.Right;
import app.mailroom.model.Role;
import app.mailroom.ui.account.PeopleViewModel.Source;
import app.mailroom.ui.account.PeopleViewModel.Standing;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Permits;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.RowActions;
import app.mailroom.ui.common.RowActions.Action;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** Who works with the workspace, who may come in, and how. */
public final class PeopleView implements Screen {
    private static final double WIDTH = 1080;
    private static final double ROW = 44;
    private static final double HEAD = 36;
    private static final int ROWS = 25;
    private static final double PORTRAIT = 28;

    private final ScreenContext context;
    private final Texts texts;
    private final Permits permits;
    private final PeopleViewModel model;
    private final EntryCard entry;
    private final TextField search;
    private final TableView<Member> members = Look.table();
    private final TableView<Invitation> invitations = Look.table();
    private final TableView<AllowedDomain> domains = Look.table();
    private final TableView<Member> removed = Look.table();
    private final VBox nobody;
    private final VBox node;

    /** back leads to where the person came from. */
    public PeopleView(ScreenContext context, Runnable back) {
        this.context = context;
        this.texts = context.texts();
        this.permits = context.permits();
        this.model = new PeopleViewModel(context);
        this.entry = new EntryCard(context, model);
        search = Look.searchField(texts.get("people.search"));
        search.setId("people-search");
        search.setPrefWidth(220);
        search.textProperty().bindBidirectional(model.search);
        search.setVisible(false);
        Button invite = Look.primary(texts.get("people.invite"), "fth-user-plus", this::invite);
        invite.setId("people-invite");
        HBox head = Look.header(texts.get("people.title"), search, permits.need(Right.MANAGE_PEOPLE, invite));
        head.getChildren().add(0, Look.iconButton(texts.get("action.back"), "fth-arrow-left", back));
        nobody = nobody();
        buildMembers();
        buildInvitations();
        buildDomains();
        buildRemoved();
        Button allow = Look.button(texts.get("people.allow"), "fth-plus", this::allow);
        allow.setId("people-allow");
        VBox sections = new VBox(24);
        if (!permits.may(Right.MANAGE_PEOPLE)) {
            Label lookOnly = new Label(texts.get("people.look_only"), new FontIcon("fth-eye"));
            lookOnly.setId("people-look-only");
            lookOnly.setWrapText(true);
            lookOnly.setMaxWidth(Double.MAX_VALUE);
            lookOnly.getStyleClass().addAll("finding", "finding-says");
            sections.getChildren().add(lookOnly);
        }
        sections.getChildren()
                .addAll(
                        new VBox(8, nobody, members),
                        section("people.invited", or(invitations, model.invitations, "people.invited.none")),
                        section(
                                "people.domains",
                                permits.need(Right.MANAGE_PEOPLE, allow),
                                or(domains, model.domains, "people.domains.none")),
                        section("people.entry", entry.node()),
                        fold());
        ScrollPane scroll = Look.scrolled(sections, WIDTH);
        scroll.visibleProperty().bind(model.read);
        node = Look.page(head, scroll);
        model.standing.addListener((property, before, now) -> {
            if (now != null) {
                show(now);
            }
        });
    }

    private VBox nobody() {
        Button setUp = Look.button(texts.get("people.google.set"), "fth-edit-2", entry::edit);
        setUp.setId("people-set-up");
        Button signIn = Look.button(
                texts.get("person.sign_in"), "fth-log-in", () -> context.go().accept(new Place.SignIn()));
        signIn.setId("people-sign-in");
        VBox empty = Look.empty(
                "fth-users",
                texts.get("people.nobody"),
                texts.get("people.nobody.hint"),
                permits.need(Right.MANAGE_PEOPLE, setUp),
                signIn);
        for (Button button : List.of(setUp, signIn)) {
            button.managedProperty().bind(button.visibleProperty());
        }
        model.standing.addListener((property, before, now) -> {
            if (now != null) {
                setUp.setVisible(now.entry().source() == Source.NONE);
                signIn.setVisible(now.entry().source() != Source.NONE);
            }
        });
        empty.setVisible(false);
        empty.managedProperty().bind(empty.visibleProperty());
        return empty;
    }

    private void buildMembers() {
        members.setId("people");
        members.getColumns().add(Look.drawn(texts.get("people.person"), 240, this::person));
        members.getColumns().add(Look.column(texts.get("people.address"), 260, Member::email));
        members.getColumns().add(Look.drawn(texts.get("people.role"), 148, this::role));
        members.getColumns().add(Look.column(texts.get("people.seen"), 180, row -> texts.time(row.lastSeenAt())));
        members.getColumns().add(Look.column(texts.get("people.joined"), 120, row -> texts.date(row.joinedAt())));
        members.setPlaceholder(Look.muted(texts.get("search.nothing")));
        sized(members, model.members);
        MenuItem remove = new Action(texts.get("people.remove") + "…", "fth-user-minus", this::remove).item();
        Menu roles = new Menu(texts.get("people.role"));
        MenuItem copy = copyItem();
        copy.setOnAction(event -> copyAddress());
        ContextMenu menu = new ContextMenu(roles, copy, new SeparatorMenuItem(), remove);
        menu.setOnShowing(event -> fill(roles));
        permits.need(Right.MANAGE_PEOPLE, roles);
        permits.need(Right.MANAGE_PEOPLE, remove);
        members.setContextMenu(menu);
        keys(members, this::copyAddress, this::remove);
        members.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.F2) {
                event.consume();
                openRole();
            }
        });
    }

    private Node person(Member member) {
        Portrait portrait = new Portrait(PORTRAIT);
        portrait.show(member.name().isBlank() ? member.email() : member.name());
        model.picture(member).ifPresent(portrait::show);
        Label name = new Label(named(member));
        name.setMinWidth(0);
        HBox person = new HBox(10, portrait.node(), name);
        person.setAlignment(Pos.CENTER_LEFT);
        if (model.isMe(member)) {
            person.getChildren().add(Look.badge(texts.get("people.you"), "accent"));
        }
        Tooltip.install(person, new Tooltip(named(member) + "\n" + member.email()));
        return person;
    }

    private static String named(Member member) {
        return member.name().isBlank() ? member.email() : member.name();
    }

    private Node role(Member member) {
        ComboBox<Role> box = RoleBox.of(texts, member.role(), role -> changeRole(member, role));
        box.setId("role-" + member.id());
        Standing now = model.standing.get();
        if (!permits.may(Right.MANAGE_PEOPLE)) {
            permits.need(Right.MANAGE_PEOPLE, box);
        } else if (now != null && now.isLastOwner(member)) {
            Permits.greyOut(box, texts.get("people.last_owner"));
        }
        return box;
    }

    private void changeRole(Member member, Role role) {
        if (model.isMe(member) && !surelyOwn(role)) {
            // The box shows another role than they have.
            UiThread.later(members::refresh);
            return;
        }
        model.changeRole(
                member,
                role,
                () -> doneWithUndo(
                        texts.get("people.role.changed", named(member), texts.code("role", role)),
                        () -> model.changeRole(member, member.role(), () -> {})));
    }

    private boolean surelyOwn(Role role) {
        String title = texts.get("people.role.own");
        String question = texts.get("people.role.own.question", texts.code("role", role));
        return Ask.confirm(node, texts, title, question, title, true);
    }

    private void fill(Menu roles) {
        Member member = members.getSelectionModel().getSelectedItem();
        Standing now = model.standing.get();
        roles.getItems().clear();
        if (member == null || now == null) {
            return;
        }
        boolean last = now.isLastOwner(member);
        for (Role role : Role.values()) {
            RadioMenuItem item = new RadioMenuItem(texts.code("role", role));
            item.setSelected(member.role() == role);
            item.setDisable(last && role != Role.OWNER);
            item.setOnAction(event -> {
                if (member.role() != role) {
                    changeRole(member, role);
                }
            });
            roles.getItems().add(item);
        }
        if (last) {
            MenuItem why = new MenuItem(texts.get("people.last_owner"));
            why.setDisable(true);
            roles.getItems().add(why);
        }
    }

    private void openRole() {
        Member member = members.getSelectionModel().getSelectedItem();
        if (member != null && members.lookup("#role-" + member.id()) instanceof ComboBox<?> box && !box.isDisabled()) {
            box.requestFocus();
            box.show();
        }
    }

    private void copyAddress() {
        Member member = members.getSelectionModel().getSelectedItem();
        if (member != null) {
            Look.copy(member.email());
        }
    }

    private void remove() {
        Member member = members.getSelectionModel().getSelectedItem();
        Standing now = model.standing.get();
        if (member == null || now == null) {
            return;
        }
        if (now.isLastOwner(member)) {
            context.notices().warn(texts.get("people.last_owner"));
            return;
        }
        String question = texts.get(model.isMe(member) ? "people.remove.own" : "people.remove.question", named(member));
        if (Ask.confirm(node, texts, texts.get("people.remove"), question, texts.get("people.remove"), true)) {
            model.remove(
                    member,
                    () -> doneWithUndo(
                            texts.get("people.removed.done", named(member)), () -> model.restore(member, () -> {})));
        }
    }

    private void buildInvitations() {
        invitations.setId("invitations");
        invitations.getColumns().add(Look.column(texts.get("people.address"), 260, Invitation::email));
        invitations
                .getColumns()
                .add(Look.drawn(
                        texts.get("people.role"),
                        148,
                        row -> permits.need(
                                Right.MANAGE_PEOPLE,
                                RoleBox.of(texts, row.role(), role -> model.changeRole(row, role)))));
        invitations.getColumns().add(Look.column(texts.get("people.invited.by"), 220, Invitation::invitedBy));
        invitations.getColumns().add(Look.column(texts.get("people.since"), 120, row -> texts.date(row.invitedAt())));
        invitations
                .getColumns()
                .add(Look.drawn(
                        "",
                        200,
                        row -> buttons(
                                Look.copyButton(
                                        texts.get("people.invitation.copy"), () -> invitation(row.email(), row.role())),
                                takeBack("people.withdraw", () -> withdraw(row)))));
        sized(invitations, model.invitations);
        MenuItem copy = new Action(texts.get("people.invitation.copy"), "fth-copy", () -> {
                    Invitation chosen = invitations.getSelectionModel().getSelectedItem();
                    if (chosen != null) {
                        copyInvitation(chosen.email(), chosen.role());
                    }
                })
                .item();
        copy.setAccelerator(RowActions.COPY);
        MenuItem withdraw =
                new Action(texts.get("people.withdraw"), "fth-x", () -> chosen(invitations, this::withdraw)).item();
        permits.need(Right.MANAGE_PEOPLE, withdraw);
        invitations.setContextMenu(new ContextMenu(copy, withdraw));
        keys(invitations, copy::fire, () -> chosen(invitations, this::withdraw));
    }

    private void doneWithUndo(String words, Runnable back) {
        context.notices().done(words, texts.get("action.undo"), back);
    }

    private void withdraw(Invitation invitation) {
        model.withdraw(
                invitation,
                () -> doneWithUndo(
                        texts.get("people.withdrawn", invitation.email()),
                        () -> model.changeRole(invitation, invitation.role())));
    }

    private void invite() {
        LetInDialog.open(
                context,
                node,
                LetInDialog.Kind.INVITE,
                model::invite,
                (address, role) -> context.notices()
                        .done(
                                texts.get("people.invite.done", address),
                                texts.get("people.invitation.copy"),
                                () -> copyInvitation(address, role)));
    }

    private void copyInvitation(String address, Role role) {
        Look.copy(invitation(address, role));
        context.notices().done(texts.get("people.invitation.copied"));
    }

    private String invitation(String address, Role role) {
        return texts.get(
                "people.invitation.text",
                address,
                texts.code("role", role),
                context.features().workspace().toString());
    }

    private void buildDomains() {
        domains.setId("domains");
        domains.getColumns().add(Look.column(texts.get("people.domain"), 260, AllowedDomain::domain));
        domains.getColumns()
                .add(Look.drawn(
                        texts.get("people.role"),
                        148,
                        row -> permits.need(
                                Right.MANAGE_PEOPLE,
                                RoleBox.of(texts, row.role(), role -> model.changeRole(row, role)))));
        domains.getColumns().add(Look.column(texts.get("people.allowed.by"), 220, AllowedDomain::allowedBy));
        domains.getColumns().add(Look.column(texts.get("people.since"), 120, row -> texts.date(row.allowedAt())));
        domains.getColumns().add(Look.drawn("", 200, row -> buttons(takeBack("people.withdraw", () -> withdraw(row)))));
        sized(domains, model.domains);
        MenuItem withdraw =
                new Action(texts.get("people.withdraw"), "fth-x", () -> chosen(domains, this::withdraw)).item();
        domains.setContextMenu(new ContextMenu(permits.need(Right.MANAGE_PEOPLE, withdraw)));
        keys(
                domains,
                () -> chosen(domains, domain -> Look.copy(domain.domain())),
                () -> chosen(domains, this::withdraw));
    }

    private void withdraw(AllowedDomain domain) {
        model.withdraw(
                domain,
                () -> doneWithUndo(
                        texts.get("people.domain.withdrawn", domain.domain()),
                        () -> model.changeRole(domain, domain.role())));
    }

    private void allow() {
        LetInDialog.open(
                context,
                node,
                LetInDialog.Kind.ALLOW,
                model::allow,
                (domain, role) ->
                        context.notices().done(texts.get("people.allow.done", domain, texts.code("role", role))));
    }

    private void buildRemoved() {
        removed.setId("removed");
        removed.getColumns().add(Look.column(texts.get("people.person"), 240, PeopleView::named));
        removed.getColumns().add(Look.column(texts.get("people.address"), 260, Member::email));
        removed.getColumns()
                .add(Look.column(texts.get("people.role.then"), 148, row -> texts.code("role", row.role())));
        removed.getColumns()
                .add(Look.column(
                        texts.get("people.removed.at"),
                        180,
                        row -> texts.time(row.removedAt().orElse(null))));
        removed.getColumns().add(Look.drawn("", 140, row -> {
            Button restore = new Button(texts.get("people.restore"), new FontIcon("fth-rotate-ccw"));
            restore.setId("restore-" + row.id());
            restore.getStyleClass().addAll(Styles.SMALL);
            restore.setOnAction(event -> restore(row));
            return permits.need(Right.MANAGE_PEOPLE, restore);
        }));
        sized(removed, model.removed);
    }

    private void restore(Member member) {
        model.restore(
                member,
                () -> context.notices()
                        .done(texts.get("people.restored", named(member), texts.code("role", member.role()))));
    }

    private Node fold() {
        TitledPane fold = new TitledPane("", removed);
        fold.setId("people-removed");
        fold.setAnimated(false);
        fold.setExpanded(false);
        fold.getStyleClass().addAll(Styles.DENSE, "fold");
        fold.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get("people.removed", texts.number(model.removed.size())), model.removed));
        fold.visibleProperty().bind(Bindings.isNotEmpty(model.removed));
        fold.managedProperty().bind(fold.visibleProperty());
        return fold;
    }

    private Button takeBack(String key, Runnable deed) {
        Button button = new Button(texts.get(key));
        button.getStyleClass().addAll(Styles.SMALL);
        button.setOnAction(event -> deed.run());
        return permits.need(Right.MANAGE_PEOPLE, button);
    }

    private static Node buttons(Node... buttons) {
        HBox box = new HBox(4, buttons);
        box.setAlignment(Pos.CENTER_RIGHT);
        return box;
    }

    private static <R> void chosen(TableView<R> table, Consumer<R> deed) {
        R row = table.getSelectionModel().getSelectedItem();
        if (row != null) {
            deed.accept(row);
        }
    }

    private MenuItem copyItem() {
        MenuItem copy = new MenuItem(texts.get("message.copy_address"), new FontIcon("fth-copy"));
        copy.setAccelerator(RowActions.COPY);
        return copy;
    }

    private void keys(TableView<?> table, Runnable copy, Runnable takeAway) {
        Runnable allowed = context.ifAllowed(Right.MANAGE_PEOPLE, takeAway);
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (RowActions.COPY.match(event)) {
                event.consume();
                copy.run();
            } else if (event.getCode() == KeyCode.DELETE) {
                event.consume();
                allowed.run();
            }
        });
    }

    /** As high as its rows, so that the page scrolls and not the table; many rows scroll for themselves. */
    private static <R> void sized(TableView<R> table, ObservableList<R> rows) {
        table.setItems(rows);
        table.setFixedCellSize(ROW);
        VBox.setVgrow(table, Priority.NEVER);
        table.prefHeightProperty()
                .bind(Bindings.createDoubleBinding(() -> HEAD + ROW * Math.max(1, Math.min(ROWS, rows.size())), rows));
        table.setMinHeight(Region.USE_PREF_SIZE);
    }

    private Node or(TableView<?> table, ObservableList<?> rows, String none) {
        Label hint = Look.hint(texts.get(none));
        hint.visibleProperty().bind(Bindings.isEmpty(rows));
        table.visibleProperty().bind(Bindings.isNotEmpty(rows));
        Stream.of(hint, table).forEach(part -> part.managedProperty().bind(part.visibleProperty()));
        return new VBox(hint, table);
    }

    private Node section(String key, Node content) {
        return section(key, null, content);
    }

    private Node section(String key, @Nullable Node action, Node content) {
        Label title = new Label(texts.get(key));
        title.getStyleClass().add(Styles.TITLE_4);
        List<Node> parts = new ArrayList<>(List.of(title));
        if (action != null) {
            parts.add(Look.gap());
            parts.add(action);
        }
        HBox head = new HBox(8);
        head.getChildren().setAll(parts);
        head.setAlignment(Pos.CENTER_LEFT);
        return new VBox(8, head, content);
    }

    private void show(Standing now) {
        boolean empty = now.members().isEmpty();
        nobody.setVisible(empty);
        members.setVisible(!empty);
        members.setManaged(!empty);
        search.setVisible(now.members().size() > PeopleViewModel.SEARCHED);
        // Who is the last owner follows from the other rows, and a box may show a role that was refused.
        members.refresh();
        invitations.refresh();
        domains.refresh();
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        refresh();
        members.requestFocus();
    }

    @Override
    public void refresh() {
        model.reload();
    }

    @Override
    public void pulse() {
        model.reload();
    }

    @Override
    public void search() {
        if (search.isVisible()) {
            search.requestFocus();
            search.selectAll();
        }
    }
}
