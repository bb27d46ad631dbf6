import Grid
import Reader
import Testing

@testable import Screens

/// Every surface at every size from 1 by 1 up.
@Suite struct GeometryTests {
  static let sizes: [Size] = {
    var sizes: [Size] = []
    for columns in 1...200 { for rows in [1, 4, 9, 31] { sizes.append(Size(columns: columns, rows: rows)) } }
    for rows in 1...60 {
      for columns in [1, 20, 79, 121, 181] { sizes.append(Size(columns: columns, rows: rows)) }
    }
    sizes.append(Size(columns: 400, rows: 120))
    return sizes
  }()

  @Test func panesStandInsideTheScreenAndApart() {
    for size in GeometryTests.sizes {
      for surface in [Surface.list, .thread, .hits, .bookmarks] {
        for choice in 0..<10 {
          let choices = [nil, PaneChoice.one, .stacked, .beside, .outlined]
          let layout = ScreenLayout(
            size: size, surface: surface, panes: choices[choice / 2], showsOutline: choice % 2 == 1)
          let panes = [
            layout.title, layout.list, layout.rows, layout.threadTitle, layout.thread, layout.outline,
            layout.status,
          ].compactMap { $0 }
          var taken = Set<Int>()
          for pane in panes {
            #expect(pane.column >= 0 && pane.column + pane.columns <= size.columns, "\(size) \(surface)")
            #expect(pane.row >= 0 && pane.row + pane.rows <= size.rows, "\(size) \(surface)")
            #expect(pane.columns > 0 && pane.rows > 0, "\(size) \(surface): an empty pane")
            for row in pane.row..<pane.row + pane.rows {
              for column in pane.column..<pane.column + pane.columns {
                if !taken.insert(row * size.columns + column).inserted {
                  Issue.record("\(size) \(surface): panes overlap")
                  return
                }
              }
            }
          }
          let isTooSmall = size.columns < 20 || size.rows < 4
          #expect(panes.isEmpty == isTooSmall)
          if !isTooSmall {
            let own =
              surface == .list ? layout.list : surface == .thread ? layout.thread : layout.rows
            #expect(own != nil, "\(size) \(surface): its own pane is missing")
          }
        }
      }
    }
  }

  @Test func everySceneAtEverySize() {
    for (place, scene) in GoldenTests.scenes.enumerated() {
      var session = Session()
      scene.act(&session)
      // Every scene takes other sizes, together all of them.
      for (number, size) in GeometryTests.sizes.enumerated()
      where number % GoldenTests.scenes.count == place {
        session.send(.resize(size))
        let faults = Soundness.faults(of: session.state)
        #expect(faults.isEmpty, "\(scene.name) at \(size): \(faults)")
      }
    }
  }
}
